package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.LoggerFactory;

/** What a settlement tells of batches and commits. */
final class Told implements BatchListener, CommitListener {
    private final List<Integer> counted = new ArrayList<>();
    private int stored;
    private final List<RuntimeException> failures = new ArrayList<>();

    /** Where this is told; a record that fails alone is tried twice. */
    SettlementOptions options(Gathering gathering) {
        return new SettlementOptions(
                2, gathering, this, this, new ThrottledLog(LoggerFactory.getLogger(Settlement.class)));
    }

    /** The sizes of the batches that have committed. */
    List<Integer> counted() {
        return counted;
    }

    /** How often a participant has committed. */
    int timesStored() {
        return stored;
    }

    /** Why participants have not. */
    List<RuntimeException> failures() {
        return failures;
    }

    @Override
    public Runnable routed(LoginBatch batch, Duration took) {
        int size = batch.size();
        return () -> counted.add(size);
    }

    @Override
    public void lag(Object who, Map<TopicPartition, Long> lag) {}

    @Override
    public void committed() {}

    @Override
    public void stored() {
        stored++;
    }

    @Override
    public void notStored(RuntimeException reason) {
        failures.add(reason);
    }
}
