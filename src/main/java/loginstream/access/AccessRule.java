package loginstream.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * A right that somebody needs.
 *
 * @param resource on what
 * @param operation to do what; those that follow from it, as Describe from Read, are not named
 * @param reason what for
 * @param needed whether nothing goes on without it
 */
public record AccessRule(ResourcePattern resource, AclOperation operation, String reason, boolean needed) {

    static AccessRule on(ResourceType type, String name, AclOperation operation, String reason) {
        return new AccessRule(new ResourcePattern(type, name, PatternType.LITERAL), operation, reason, true);
    }

    /** On everything whose name begins so. */
    static AccessRule onAll(ResourceType type, String prefix, AclOperation operation, String reason) {
        return new AccessRule(new ResourcePattern(type, prefix, PatternType.PREFIXED), operation, reason, true);
    }

    /** The same, but something goes on without it. */
    AccessRule optional() {
        return new AccessRule(resource, operation, reason, false);
    }

    /** As brokers keep it. */
    public AclBinding binding(String principal) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** The kind of resource, as people write it: {@code topic}. */
    public String kind() {
        return switch (resource.resourceType()) {
            case TRANSACTIONAL_ID -> "transactional id";
            default -> resource.resourceType().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The operation, as Kafka's tools write it: {@code DescribeConfigs}. */
    public String verb() {
        return SecurityUtils.operationName(operation);
    }

    /** In words: {@code Read on topic user-login}. */
    @Override
    public String toString() {
        String all = resource.patternType() == PatternType.PREFIXED ? "*" : "";
        return verb() + " on " + kind() + " " + resource.name() + all;
    }
}
