package loginstream.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.kafka.common.Metric;

/**
 * Readiness: every route runs; every consumer thread is connected to brokers that answer, a member of its group, and able
 * to deliver. A member without partitions is ready: its group has more members than the topic has partitions, and it takes
 * over when another one goes. A pipeline that was paused is ready as long as the brokers are there, for it does what it
 * was told; the details say {@code paused: true}. Consumers of other topics than the input are Camel's affair: of them,
 * only that their routes run is looked at.
 */
public final class KafkaHealthCheck extends AbstractHealthCheck {
    private static final String PAUSED = "paused by an operator";

    private final LoginClientFactory clients;
    private final ConsumingRoutes consumingRoutes;

    public KafkaHealthCheck(LoginClientFactory clients, ConsumingRoutes consumingRoutes) {
        super("loginstream", "kafka");
        this.clients = clients;
        this.consumingRoutes = consumingRoutes;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> idle = getCamelContext().getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> getCamelContext().getRouteController().getRouteStatus(id) != ServiceStatus.Started)
                .toList();
        boolean paused = consumingRoutes.isSuspended();
        Collection<BatchConsumer> consumers = List.copyOf(clients.consumers());
        int connected = count(consumers, KafkaHealthCheck::isConnected);
        int answered = count(consumers, BatchConsumer::isAnswered);
        int joined = count(consumers, BatchConsumer::isJoined);
        int delivering = count(consumers, consumer -> !consumer.isTroubled());
        builder.detail("routes.running", getCamelContext().getRoutesSize() - idle.size());
        builder.detail("routes.stopped", String.join(",", idle));
        builder.detail("paused", paused);
        builder.detail("consumers", consumers.size());
        builder.detail("consumers.connected", connected);
        builder.detail("consumers.answered", answered);
        builder.detail("consumers.joined", joined);
        builder.detail("consumers.delivering", delivering);

        if (getCamelContext().getRoutes().isEmpty()) {
            builder.message("there is no route").down();
        } else if (!idle.isEmpty() && !paused) {
            builder.message("not running: route " + String.join(", ", idle)).down();
        } else if (consumers.isEmpty() && paused) { // its routes were edited meanwhile, and start when it is resumed
            builder.message(PAUSED).up();
        } else if (consumers.isEmpty() && !consumingRoutes.areAllPlain()) {
            builder.message("no consumer is running").down();
        } else if (clients.refusal().isPresent()) {
            builder.message(clients.refusal().get()).down();
        } else if (clients.isFailing()) {
            builder.message("the consumer fails, see the log").down();
        } else if (connected < consumers.size()) {
            builder.message("no connection to a broker").down();
        } else if (answered < consumers.size()) {
            builder.message("no heartbeat was answered for long").down();
        } else if (joined < consumers.size()) {
            builder.message("not a member of the consumer group yet").down();
        } else if (delivering < consumers.size()) {
            builder.message("results cannot be committed for now").down();
        } else if (paused) {
            builder.message(PAUSED).up();
        } else {
            builder.up();
        }
    }

    private static int count(Collection<BatchConsumer> consumers, Predicate<BatchConsumer> condition) {
        return (int) consumers.stream().filter(condition).count();
    }

    /** Kafka's own count of open connections; safe to read from any thread. */
    private static boolean isConnected(BatchConsumer consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .map(Metric::metricValue)
                .anyMatch(count -> count instanceof Double open && open > 0);
    }
}
