package loginstream.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import loginstream.Wiring;
import loginstream.config.Settings;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.TestSettings;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The pipeline's routes without brokers: batches go in where the consumer was, as the consumer would hand them out, and
 * what is sent for their logins ends in an outbox.
 */
final class StepsFixture implements AutoCloseable {
    private static final String ROUTE = "user-login";

    private final CamelContext context = new DefaultCamelContext();
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final LoginMetrics metrics = new LoginMetrics();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    StepsFixture(Map<String, String> changes) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of(
                "kafka.bootstrap.servers", "no-broker.invalid:9092",
                "loginstream.retry.attempts", "2",
                "loginstream.retry.delay", "1ms",
                "loginstream.retry.max-delay", "2ms"));
        all.putAll(changes);
        Settings settings = TestSettings.with(all);
        Properties properties = new Properties();
        properties.putAll(settings.all());
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.setStreamCaching(false);
        new Wiring(settings, metrics, LoginRecords.CLOCK).configure(context);
    }

    StepsFixture() throws Exception {
        this(Map.of());
    }

    CamelContext context() {
        return context;
    }

    RecordingOutbox outbox() {
        return outbox;
    }

    /** Adds routes in YAML. */
    StepsFixture yaml(String text) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("file:routes/test.camel.yaml", text));
        return this;
    }

    StepsFixture routes(RoutesBuilder routes) throws Exception {
        context.addRoutes(routes);
        return this;
    }

    /** Starts them, with a direct endpoint in the place of the consumer. */
    StepsFixture start() throws Exception {
        AdviceWith.adviceWith(context, ROUTE, advice -> advice.replaceFromWith("direct:records"));
        context.start();
        return this;
    }

    /** A record is to be consumed. */
    StepsFixture consume(String key, String value) {
        records.add(LoginRecords.record(records.size(), key, value));
        return this;
    }

    StepsFixture consume(ConsumerRecord<byte[], byte[]> record) {
        records.add(record);
        return this;
    }

    /** Routes may refer to this by its name. */
    StepsFixture bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** Hands out what is to be consumed as one batch, whose results commit. */
    Result run() {
        Result result = handOut();
        if (result.exchange().getException() == null) {
            result.batch().onCommit(metrics.routed(result.batch(), Duration.ofMillis(1)));
            result.batch().committed();
        } else {
            result.batch().givenUp(result.exchange().getException());
        }
        return result;
    }

    /** What is counted of them. */
    LoginMetrics metrics() {
        return metrics;
    }

    /** Hands out what is to be consumed as one batch; what becomes of its transaction is left open. */
    Result handOut() {
        LoginBatch batch = new LoginBatch(List.copyOf(records), outbox);
        Exchange exchange = context.createFluentProducerTemplate()
                .to("direct:records")
                .withBody(batch)
                .send();
        return new Result(batch, exchange);
    }

    /** What has become of a batch. */
    record Result(LoginBatch batch, Exchange exchange) {
        List<Login> logins() {
            List<Login> logins = new ArrayList<>();
            batch.forEach(logins::add);
            return logins;
        }

        List<Login.State> states() {
            return logins().stream().map(Login::state).toList();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
