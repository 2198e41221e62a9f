package loginstream;

import java.time.Duration;
import java.util.Map;
import loginstream.deadletter.DeadLetterLog;
import loginstream.delivery.settlement.BatchListener;
import loginstream.login.LoginBatch;
import loginstream.route.trial.Probation;
import loginstream.route.trial.RecentRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells another listener everything, keeps the records of batches in mind for rehearsals, asks an edit's probation, and
 * tells of dead letters once they are there.
 */
record Noting(BatchListener listener, RecentRecords recent, Probation probation, DeadLetterLog deadLetters)
        implements BatchListener {
    @Override
    public boolean mayCommit(LoginBatch batch) {
        return probation.passes(batch);
    }

    @Override
    public Runnable routed(LoginBatch batch, Duration took) {
        recent.note(batch);
        Runnable counted = listener.routed(batch, took);
        Runnable told = deadLetters.onCommit(batch);
        return () -> {
            counted.run();
            told.run();
        };
    }

    @Override
    public void lag(Object consumer, Map<TopicPartition, Long> lag) {
        listener.lag(consumer, lag);
    }
}
