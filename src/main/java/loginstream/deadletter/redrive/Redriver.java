package loginstream.deadletter.redrive;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import loginstream.deadletter.store.DeadLetterException;
import loginstream.deadletter.store.DeadLetterScan;
import loginstream.deadletter.store.DeadLetterTopic;
import loginstream.deadletter.store.RedriveLog;
import loginstream.deadletter.store.StoredDeadLetter;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Topics;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Sends dead letters to the input topic again, each once, however often it is asked to: what was sent is remembered in
 * the transaction that sends it (see {@link RedriveLog}). Of two redrives at the same time, in whatever process, the
 * later one ends the earlier one. Each call opens clients of its own and closes them, so any thread may call; all throw
 * {@link DeadLetterException} where they cannot go on.
 */
public final class Redriver {
    /** Dead letters that a plan names. */
    private static final int SHOWN = 10;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final ClientProperties clients;
    private final Topics topics;
    private final Clock clock;
    private volatile boolean stopped;

    public Redriver(ClientProperties clients, Topics topics, Clock clock) {
        this.clients = clients;
        this.topics = topics;
        this.clock = clock;
    }

    /** Finds out what a redrive would do now. Only reads. */
    public RedrivePlan plan(RedriveRequest request) {
        return DeadLetterTopic.open(clients, topics, letters -> {
            RedriveSelection selection = selection(request, letters);
            RedriveLog redriven = letters.redriveLog();
            DeadLetterScan scan = letters.scan(request.filter());
            List<StoredDeadLetter> first = new ArrayList<>();
            letters.read(scan, redriven, letter -> {
                if (selection.select(letter) != null && first.size() < SHOWN) {
                    first.add(letter.withoutValue());
                }
                return true;
            });
            return new RedrivePlan(request, scan, selection.result(), first);
        });
    }

    /**
     * Does what was planned. Where it ends early, the same again goes on where it ended.
     *
     * @param progress told how many were sent so far, after each transaction
     */
    public RedriveResult redrive(RedrivePlan plan, LongConsumer progress) {
        return DeadLetterTopic.open(clients, topics, letters -> {
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(clients.shortTransactions(transactionalId(topics.deadLetter())));
            try {
                letters.createRedriveLog();
                // Nobody else can commit after this, and all that was committed before it can be read.
                producer.initTransactions();
                RedriveLog redriven = letters.redriveLog();
                RedriveRun run = new RedriveRun(
                        selection(plan.request(), letters),
                        redriven,
                        new RedriveTransaction(producer),
                        new RateLimit(plan.request().rate()),
                        clock,
                        progress,
                        () -> stopped);
                return toEnd(run, () -> letters.read(plan.scan(), redriven, run::take));
            } finally {
                producer.close(CLOSE_PATIENCE);
            }
        });
    }

    private RedriveSelection selection(RedriveRequest request, DeadLetterTopic letters) throws Exception {
        return new RedriveSelection(request, topics.input(), letters.inputPartitions());
    }

    private RedriveResult toEnd(RedriveRun run, Runnable reading) {
        try {
            reading.run();
            return run.finish();
        } catch (KafkaException e) {
            boolean fenced =
                    isCausedBy(e, ProducerFencedException.class) || isCausedBy(e, InvalidProducerEpochException.class);
            String why =
                    fenced ? "another redrive of " + topics.deadLetter() + " has begun meanwhile" : Reason.message(e);
            throw new DeadLetterException(
                    "stopped after " + run.sent() + " records: " + why
                            + "; the same command again goes on, and sends none twice",
                    e);
        }
    }

    private static boolean isCausedBy(Throwable e, Class<? extends Throwable> type) {
        return e != null && (type.isInstance(e) || isCausedBy(e.getCause(), type));
    }

    /** Lets a running redrive end after the transaction in hand; a later one does nothing. */
    public void stop() {
        stopped = true;
    }

    /** One for all who redrive this topic, so that they fence each other. */
    public static String transactionalId(String deadLetterTopic) {
        return deadLetterTopic + ".redrive";
    }
}
