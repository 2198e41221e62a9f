package loginstream.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import loginstream.Wiring;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;
import loginstream.config.Settings;
import loginstream.generator.LoginGenerator;
import loginstream.login.LoginBatch;
import loginstream.login.Outbox;
import loginstream.metrics.LoginMetrics;
import loginstream.route.FailurePolicy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an ordinary step costs for each login: the route with and without it, without a broker, in one process, turn by
 * turn. Processor time of the thread that handles the batches.
 */
final class StepCosts {
    private static final String BARE = "the route as it comes";
    private static final int BATCH = 1_000;
    private static final int BATCHES = 400;
    private static final int WARM_UP_ROUNDS = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Outbox NOWHERE = (record, cause) -> {};

    private final Results results;
    private final int rounds;
    private final Settings settings = Settings.load(brokers(), Map.of());
    private final Map<String, ProducerTemplate> routes = new LinkedHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> records = records();

    StepCosts(Results results, int rounds) {
        this.results = results;
        this.rounds = rounds;
    }

    private static Properties brokers() {
        Properties properties = new Properties();
        properties.setProperty("kafka.bootstrap.servers", "localhost:1"); // nobody is asked for anything
        return properties;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records() {
        LoginGenerator generator = new LoginGenerator(1, 0.05, Clock.systemUTC());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            records.add(new ConsumerRecord<>("user-login", 0, i, null, generator.next()));
        }
        return records;
    }

    void run() throws Exception {
        route(BARE, step -> {});
        route("setHeader with a constant", step -> step.setHeader("region").constant("EU"));
        route("setHeader with ${body[locale]}", step -> step.setHeader("region").simple("${body[locale]}"));
        route(
                "filter on ${body[device_type]}, which no login passes",
                step -> step.filter().simple("${body[device_type]} == 'none'").stop());
        route("filter on ${body[device_type]} with a setHeader in it", step -> step.filter()
                .simple("${body[device_type]} != 'none'")
                .setHeader("region")
                .constant("EU"));
        for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
            double bare = 0;
            for (Map.Entry<String, ProducerTemplate> route : routes.entrySet()) {
                double micros = micros(route.getValue());
                bare = route.getKey().equals(BARE) ? micros : bare;
                if (round >= 1) {
                    Map<Metric, Double> values = Map.of(Metric.CPU, micros, Metric.MORE, micros - bare);
                    results.add(
                            Lab.told(new Measured("steps", "loginstream-java", route.getKey(), round, values), rounds));
                }
            }
        }
    }

    private void route(String name, Consumer<ProcessorDefinition<?>> step) throws Exception {
        CamelContext context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.putAll(settings.all());
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.setStreamCaching(false);
        new Wiring(settings, new LoginMetrics(), Clock.systemUTC()).configure(context);
        context.addRoutes(new FailurePolicy());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> validated = from("direct:records")
                        .routeConfigurationId(FailurePolicy.ID)
                        .unmarshal("loginJson")
                        .process("loginFilter")
                        .process("loginValidator");
                step.accept(validated);
                validated.process("loginEnricher").marshal("loginJson").to("kafka:{{loginstream.output.topic}}");
            }
        });
        context.start();
        routes.put(name, context.createProducerTemplate());
    }

    private double micros(ProducerTemplate route) {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < BATCHES; i++) {
            LoginBatch batch = new LoginBatch(records, NOWHERE);
            Exchange exchange =
                    route.send("direct:records", given -> given.getMessage().setBody(batch));
            if (exchange.getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
            batch.committed();
        }
        return (THREADS.getCurrentThreadCpuTime() - begun) / 1e3 / BATCHES / BATCH;
    }
}
