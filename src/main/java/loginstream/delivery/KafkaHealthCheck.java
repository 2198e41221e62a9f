package loginstream.delivery;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.kafka.common.Metric;

/**
 * Readiness: every consumer thread is connected to a broker and can deliver. A pipeline that somebody has paused is
 * ready, for it does what it was told; the details say {@code paused: true}.
 */
public final class KafkaHealthCheck extends AbstractHealthCheck {
    private final LoginClientFactory clients;

    public KafkaHealthCheck(LoginClientFactory clients) {
        super("loginstream", "kafka");
        this.clients = clients;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        boolean paused = Intake.isPaused(getCamelContext());
        builder.detail("paused", paused);
        if (paused) {
            builder.message("paused by an operator");
        }
        if (clients.consumers().isEmpty()) {
            if (paused) { // its routes were edited meanwhile, and start when it is resumed
                builder.up();
                return;
            }
            builder.message("no consumer is running").down();
        } else if (!clients.consumers().stream().allMatch(KafkaHealthCheck::isConnected)) {
            builder.message("no connection to a broker").down();
        } else if (clients.consumers().stream().anyMatch(BatchConsumer::isTroubled)) {
            builder.message("results cannot be committed for now").down();
        } else {
            builder.up();
        }
    }

    /** Kafka's own count of open connections; safe to read from any thread. */
    private static boolean isConnected(BatchConsumer consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .map(Metric::metricValue)
                .anyMatch(count -> count instanceof Double open && open > 0);
    }
}
