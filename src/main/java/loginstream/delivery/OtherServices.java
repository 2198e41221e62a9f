package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.schema.RegistryException;
import loginstream.schema.TopicDeserializer;
import loginstream.storage.StoreUnavailableException;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What consumers need beside the brokers, and wait for in the same way where it is away: the registry of schemas, the store
 * of a sink. For all consumer threads of the input together.
 */
final class OtherServices {
    private final TopicDeserializer input;
    private final Admission schemas;
    private final Admission store;

    /**
     * @param input has to know the schemas of records before they are handed out
     * @param troubles where it is told what is away
     */
    OtherServices(TopicDeserializer input, ThrottledLog troubles) {
        this.input = input;
        this.schemas = new Admission(Clock.systemUTC(), troubles, "the schema registry answers again");
        this.store = new Admission(Clock.systemUTC(), troubles, "the store takes logins again", Duration.ofMinutes(1));
    }

    /** These were fetched. */
    void fetched(ConsumerRecords<byte[], byte[]> records) {
        input.note(records);
    }

    /** Whether what was fetched can be handled; if not, it is tried again after pauses. */
    boolean areThere() {
        return !store.isPausing() && hasLearnt();
    }

    /** Whether the schemas of all that was fetched are known. */
    private boolean hasLearnt() {
        if (schemas.isPausing()) {
            return !input.isLearning();
        }
        try {
            input.learn();
            schemas.admitted();
            return true;
        } catch (RegistryException e) {
            schemas.refused(e);
            return false;
        }
    }

    /** A store has taken what it was given. */
    void served() {
        store.admitted();
    }

    /** Whether a route or a commit failed because one of them is away: then it is no fault of what was in it. */
    boolean isAway(Throwable failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            store.refused(unavailable);
            return true;
        }
        return false;
    }

    /** Which of them was away lately, and why. */
    Optional<String> refusal() {
        return schemas.refusal().or(store::refusal);
    }
}
