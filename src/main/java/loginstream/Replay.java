package loginstream;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.delivery.Detour;
import loginstream.kafka.AdminClients;
import loginstream.metrics.LoginMetrics;
import loginstream.replay.ReplayFailedException;
import loginstream.replay.ReplayGroup;
import loginstream.replay.ReplayRequest;
import loginstream.replay.ReplaySpan;
import loginstream.route.stage.Placeholders;
import loginstream.route.stage.StartOnly;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline once more, over records of the past: with other topics, in a group of its own, until it has come to the end.
 * It is otherwise what is live, so that what is promised there holds here.
 */
public final class Replay implements AutoCloseable {
    private static final int LOOK_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Settings settings;
    private final ReplayGroup.Plan plan;
    private final ReplaySpan span;
    private final UnaryOperator<String> topics;
    private final LoginMetrics metrics = new LoginMetrics();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param settings the live ones with those of the request over them
     * @param topics where what routes send to still other topics goes
     */
    public Replay(Settings settings, ReplayRequest request, ReplayGroup.Plan plan, UnaryOperator<String> topics) {
        this.settings = settings;
        this.plan = plan;
        this.topics = topics;
        this.span = new ReplaySpan(request, plan.ends());
    }

    /** What has become of the records of this run. */
    public LoginMetrics metrics() {
        return metrics;
    }

    /**
     * Runs it.
     *
     * @param routes what the records are sent through
     * @param progress is told how many offsets it has come on
     * @return whether it has come to the end, and was not stopped
     * @throws Exception if the routes do not start
     */
    public boolean run(RoutesBuilder routes, LongConsumer progress) throws Exception {
        Placeholders.set(context, settings.forCamel());
        context.setStreamCaching(false);
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(StartOnly.from(context, this::isPartOfIt));
        Wiring.replaying(settings, metrics, new Detour(span, topics)).configure(context);
        context.addRoutes(routes);
        try (Admin admin = AdminClients.open(settings.clients())) {
            ReplayGroup group = new ReplayGroup(
                    admin, settings.consumer().group(), settings.topics().input());
            context.start();
            requireConsuming();
            boolean stopped = false;
            while (!stopped && !isDone(group, progress)) {
                stopped = stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return !stopped;
        } finally {
            context.stop();
        }
    }

    /** The input's route, and what it sends to within the process. One with a group of its own would read as that group. */
    private boolean isPartOfIt(String from) {
        String[] parts = from.replace("kafka://", "kafka:").split("[?]", 2);
        boolean ownGroup = parts.length > 1 && parts[1].contains("groupId=");
        return parts[0].equals("kafka:" + settings.topics().input()) && !ownGroup || from.startsWith("seda:");
    }

    private void requireConsuming() {
        boolean consuming = context.getRoutes().stream()
                .anyMatch(route -> isPartOfIt(route.getEndpoint().getEndpointUri())
                        && route.getEndpoint() instanceof KafkaEndpoint
                        && context.getRouteController()
                                .getRouteStatus(route.getRouteId())
                                .isStarted());
        if (!consuming) {
            throw new InvalidSettingException("no route consumes "
                    + settings.topics().input() + ", in the group of all others, that could be replayed");
        }
    }

    private boolean isDone(ReplayGroup group, LongConsumer progress) {
        Map<TopicPartition, Long> committed;
        try {
            committed = group.committed();
        } catch (ReplayFailedException e) {
            if (!e.isPassing()) {
                throw e;
            }
            LOG.warn("it goes on when the brokers answer again: {}", e.getMessage());
            return false;
        }
        Map<TopicPartition, Long> ends = span.ends();
        long left = ends.entrySet().stream()
                .mapToLong(
                        end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), begin(end.getKey()))))
                .sum();
        long all = ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - begin(end.getKey())))
                .sum();
        progress.accept(Math.max(0, all - left));
        return left == 0 || span.isFull() && metrics.totals().in() >= span.letThrough();
    }

    private long begin(TopicPartition partition) {
        return plan.begins().getOrDefault(partition, 0L);
    }

    /** Lets it end after the transaction in hand. May be called by any thread. */
    @Override
    public void close() {
        stopping.countDown();
    }
}
