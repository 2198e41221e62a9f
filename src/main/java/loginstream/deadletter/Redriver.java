package loginstream.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterClients.Topic;
import loginstream.deadletter.TopicScan.Range;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Sends dead letters to the input topic again, each once, however often it is asked to: what was sent is remembered in
 * the transaction that sends it (see {@link RedriveMemory}). Of two redrives at the same time, in whatever process, the
 * later one ends the earlier one. Each call opens clients of its own and closes them, so any thread may call; all throw
 * {@link DeadLetterException} where they cannot go on.
 */
public final class Redriver {
    /** Dead letters that a plan names. */
    private static final int SHOWN = 10;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final DeadLetterClients clients;
    private final Clock clock;
    private volatile boolean stopped;

    public Redriver(Settings settings, Clock clock) {
        this.clients = new DeadLetterClients(settings);
        this.clock = clock;
    }

    /** Finds out what a redrive would do now. Only reads. */
    public RedrivePlan plan(RedriveRequest request) {
        return clients.telling(() -> {
            try (Admin admin = clients.admin();
                    Consumer<byte[], byte[]> consumer = clients.consumer()) {
                Topic topic = clients.deadLetterTopic(admin);
                RedriveSelection selection = new RedriveSelection(request, clients.inputTopic(admin));
                DeadLetterScan scan = new DeadLetterScan(consumer, topic, RedriveMemory.read(admin, consumer, topic));
                Map<TopicPartition, Range> ranges = scan.ranges(request.filter());
                List<StoredDeadLetter> first = new ArrayList<>();
                scan.read(ranges, request.filter(), letter -> {
                    if (selection.select(letter) != null && first.size() < SHOWN) {
                        first.add(letter.withoutValue());
                    }
                    return true;
                });
                return new RedrivePlan(request, ranges, selection.result(), first);
            }
        });
    }

    /**
     * Does what was planned. Where it ends early, the same again goes on where it ended.
     *
     * @param progress told how many were sent so far, after each transaction
     */
    public RedriveResult redrive(RedrivePlan plan, LongConsumer progress) {
        return clients.telling(() -> {
            Producer<byte[], byte[]> producer = clients.producer(transactionalId());
            try (Admin admin = clients.admin();
                    Consumer<byte[], byte[]> consumer = clients.consumer()) {
                Topic topic = clients.deadLetterTopic(admin);
                RedriveMemory.createTopic(admin, topic);
                // Nobody else can commit after this, and all that was committed before it can be read.
                producer.initTransactions();
                RedriveMemory memory = RedriveMemory.read(admin, consumer, topic);
                RedriveRun run = new RedriveRun(
                        new RedriveSelection(plan.request(), clients.inputTopic(admin)),
                        memory,
                        new RedriveTransaction(producer),
                        new Pace(plan.request().rate()),
                        clock,
                        progress,
                        () -> stopped);
                return toEnd(run, new DeadLetterScan(consumer, topic, memory), plan);
            } finally {
                producer.close(CLOSE_PATIENCE);
            }
        });
    }

    private RedriveResult toEnd(RedriveRun run, DeadLetterScan scan, RedrivePlan plan) {
        try {
            scan.read(plan.ranges(), plan.request().filter(), run::take);
            return run.finish();
        } catch (KafkaException e) {
            boolean fenced =
                    isCausedBy(e, ProducerFencedException.class) || isCausedBy(e, InvalidProducerEpochException.class);
            String why = fenced
                    ? "another redrive of " + clients.topics().deadLetter() + " has begun meanwhile"
                    : e.getMessage();
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
    private String transactionalId() {
        return clients.topics().deadLetter() + ".redrive";
    }
}
