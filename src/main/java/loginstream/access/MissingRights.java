package loginstream.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import loginstream.kafka.ClientProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds out which rights this client does not have: it asks the brokers, or does what needs the right and changes nothing. */
public final class MissingRights {
    private final Admin admin;
    private final ClientProperties clients;

    public MissingRights(Admin admin, ClientProperties clients) {
        this.admin = admin;
        this.clients = clients;
    }

    /**
     * Those of the rules that do not hold; of a topic that is not there nothing is said.
     *
     * @throws KafkaException if the brokers do not tell
     */
    public List<AccessRule> of(List<AccessRule> rules) throws InterruptedException {
        List<AccessRule> missing = new ArrayList<>();
        for (AccessRule rule : rules) {
            boolean held =
                    switch (rule.resource().resourceType()) {
                        case TOPIC -> isHeldOnTopic(rule);
                        case GROUP -> isHeldOnGroup(rule);
                        case TRANSACTIONAL_ID -> isHeldOnTransactionalId(rule);
                        default -> throw new IllegalArgumentException(rule.toString());
                    };
            if (!held) {
                missing.add(rule);
            }
        }
        return missing;
    }

    private boolean isHeldOnTopic(AccessRule rule) throws InterruptedException {
        String topic = rule.resource().name();
        try {
            Set<AclOperation> operations = admin.describeTopics(
                            List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .authorizedOperations();
            return operations == null || operations.contains(rule.operation());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            return !isRefused(e);
        }
    }

    /** Commits no offset at all, for which the brokers nevertheless ask for the right. */
    private boolean isHeldOnGroup(AccessRule rule) throws InterruptedException {
        try {
            admin.alterConsumerGroupOffsets(rule.resource().name(), Map.of())
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            return !isRefused(e);
        }
    }

    /** Begins no transaction. The id is nobody's but of those who do the same at the same time. */
    private boolean isHeldOnTransactionalId(AccessRule rule) {
        String id = rule.resource().name() + "check";
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(clients.shortTransactions(id))) {
            producer.initTransactions();
            return true;
        } catch (AuthorizationException e) {
            return false;
        }
    }

    private static boolean isRefused(ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
            return true;
        }
        throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
}
