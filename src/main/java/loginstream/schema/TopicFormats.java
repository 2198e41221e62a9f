package loginstream.schema;

import java.time.Clock;
import loginstream.kafka.Topics;

/**
 * How values get from the input topic into a route as JSON, and out of it to the output topic.
 *
 * @param input of the input topic
 * @param output of the output topic
 */
public record TopicFormats(TopicDeserializer input, TopicSerializer output) {
    private static final String OUTPUT_SCHEMA = "processed-data";
    private static final String INPUT_SCHEMA = "user-login";

    /** As the settings say; the registry is not asked yet. */
    public static TopicFormats of(SchemaSettings settings, Topics topics) {
        RegistryClient registry = settings.isUsed() ? new RegistryClient(settings) : null;
        return new TopicFormats(
                new TopicDeserializer(settings.input(), registry, Clock.systemUTC()),
                new TopicSerializer(settings.output(), topics.output(), OUTPUT_SCHEMA, settings.register(), registry));
    }

    /** For routes that are only tried: what they make has to fit the schema, but remains JSON. */
    public static TopicSerializer tried(SchemaSettings settings) {
        return new TopicSerializer(settings.output(), "", OUTPUT_SCHEMA, false, null);
    }

    /** For those who send to the input topic: made-up logins. */
    public static TopicSerializer toInput(SchemaSettings settings, Topics topics) {
        return new TopicSerializer(
                settings.input(),
                topics.input(),
                INPUT_SCHEMA,
                settings.register(),
                settings.isUsed() ? new RegistryClient(settings) : null);
    }
}
