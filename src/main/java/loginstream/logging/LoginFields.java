package loginstream.logging;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loginstream.login.Failure;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.MDC;

/**
 * What a line about a login has as fields of its own, where lines are JSON: where the login comes from, its trace, and why it
 * failed. Nothing of its value is among them.
 */
public final class LoginFields {
    /** The header of W3C's Trace Context: version, trace, parent, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final Map<String, String> fields = new LinkedHashMap<>();

    private LoginFields() {}

    /** Those of this login. */
    public static LoginFields of(Login login) {
        ConsumerRecord<byte[], byte[]> source = login.source();
        LoginFields fields = new LoginFields()
                .with("kafka.topic", source.topic())
                .with("kafka.partition", Integer.toString(source.partition()))
                .with("kafka.offset", Long.toString(source.offset()));
        Header parent = source.headers().lastHeader("traceparent");
        if (parent != null && parent.value() != null) {
            Matcher matcher = TRACE_PARENT.matcher(new String(parent.value(), StandardCharsets.US_ASCII));
            if (matcher.matches()) {
                fields.with("trace.id", matcher.group(1));
            }
        }
        return fields;
    }

    /** Also why it failed. */
    public LoginFields failure(Failure kind, String reason) {
        return with("loginstream.failure", kind.word()).with("loginstream.reason", reason);
    }

    private LoginFields with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** What is logged meanwhile has them. */
    public void during(Runnable line) {
        fields.forEach(MDC::put);
        try {
            line.run();
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }
}
