package loginstream.schema;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import loginstream.kafka.failure.Reason;
import loginstream.login.Decoder;
import loginstream.login.UnparseableLoginException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns values with schemas into JSON. It knows only schemas that it has been told to learn, so that reading never waits;
 * what the registry does not know is asked again after a while. Used by several threads.
 */
public final class TopicDeserializer implements Decoder {
    /** How long a schema that cannot be used counts as such. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    private final Format format;
    private final RegistryClient registry;
    private final Clock clock;
    private final Map<Integer, Known> schemas = new ConcurrentHashMap<>();
    private final Set<Integer> wanted = ConcurrentHashMap.newKeySet();

    /**
     * What is known of a schema.
     *
     * @param codec null where it cannot be used
     * @param refusal why not
     * @param until when that is asked again
     */
    private record Known(SchemaCodec codec, String refusal, Instant until) {}

    TopicDeserializer(Format format, RegistryClient registry, Clock clock) {
        this.format = format;
        this.registry = registry;
        this.clock = clock;
    }

    /** Notes which schemas will be needed. */
    public void note(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        if (format == Format.JSON) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (Framing.isThere(record.value())) {
                int id = Framing.id(record.value());
                Known known = schemas.get(id);
                if (known == null || known.codec() == null && known.until().isBefore(clock.instant())) {
                    wanted.add(id);
                }
            }
        }
    }

    /**
     * Asks the registry anything, if it will be needed.
     *
     * @throws RegistryException if it does not answer
     */
    public void requireAnswer() {
        if (format != Format.JSON) {
            registry.schema(1);
        }
    }

    /** Whether there is something to be learnt. */
    public boolean isLearning() {
        return !wanted.isEmpty();
    }

    /**
     * Asks the registry for the schemas that were noted.
     *
     * @throws RegistryException if it does not answer; then they are still to be learnt
     */
    public void learn() {
        for (int id : wanted) {
            schemas.put(id, ask(id));
            wanted.remove(id);
        }
    }

    private Known ask(int id) {
        Optional<RegisteredSchema> found = registry.schema(id);
        if (found.isEmpty()) {
            return refused("the registry knows no schema " + id);
        }
        RegisteredSchema schema = found.get();
        if (!schema.type().equals(format.type())) {
            return refused("schema " + id + " is " + schema.type() + ", not " + format.type());
        }
        try {
            return new Known(format.codec(schema.text()), null, null);
        } catch (RuntimeException e) {
            return refused("schema " + id + " cannot be used: " + Reason.message(e));
        }
    }

    private Known refused(String reason) {
        return new Known(null, reason, clock.instant().plus(REFUSED_FOR));
    }

    /** One that takes plain JSON as well, as made-up records are, and never asks the registry. */
    public Decoder lenient() {
        return value -> Framing.isThere(value) ? toJson(value) : value;
    }

    @Override
    public byte[] toJson(byte[] value) throws UnparseableLoginException {
        if (format == Format.JSON) {
            return value;
        }
        if (!Framing.isThere(value)) {
            throw new UnparseableLoginException("it does not begin with a schema's id (a zero and four bytes)");
        }
        int id = Framing.id(value);
        Known known = schemas.get(id);
        if (known == null || known.codec() == null) {
            throw new UnparseableLoginException(known == null ? "schema " + id + " is not known" : known.refusal());
        }
        try {
            return known.codec().toJson(value, Framing.LENGTH);
        } catch (Exception | StackOverflowError e) {
            throw new UnparseableLoginException("not of schema " + id + ": " + Reason.message(e));
        }
    }
}
