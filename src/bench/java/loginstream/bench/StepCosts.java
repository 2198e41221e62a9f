package loginstream.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an ordinary step costs for each login: the route with and without it, without a broker, in one process, turn by
 * turn; and what the examples do. Processor time of the thread that handles the batches.
 */
final class StepCosts {
    private static final String BARE = "the route as it comes";
    private static final Path EXAMPLES = Path.of("routes/examples");
    private static final Set<String> BEYOND = Set.of("city-over-http.camel.yaml", "copy-in-a-file.camel.yaml");
    private static final int BATCH = 1_000;
    private static final int BATCHES = 400;
    /** For the examples, which are many. */
    private static final int FEW = 50;

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
        for (Path example : examples()) {
            example(example);
        }
        for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
            double bare = 0;
            for (Map.Entry<String, ProducerTemplate> route : routes.entrySet()) {
                double micros =
                        micros(route.getValue(), route.getKey().startsWith(EXAMPLES.toString()) ? FEW : BATCHES);
                bare = route.getKey().equals(BARE) ? micros : bare;
                if (round >= 1) {
                    Map<Metric, Double> values = Map.of(Metric.CPU, micros, Metric.MORE, micros - bare);
                    results.add(
                            Lab.told(new Measured("steps", "loginstream-java", route.getKey(), round, values), rounds));
                }
            }
        }
    }

    /** Those that need nothing beyond the process. */
    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> !BEYOND.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private void example(Path file) throws Exception {
        CamelContext context = context();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("file:" + file, Files.readString(file)));
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        AdviceWith.adviceWith(model.getRouteDefinitions().get(0), context, new AdviceWithRouteBuilder() {
            @Override
            public void configure() {
                replaceFromWith("direct:records");
            }
        });
        context.start();
        routes.put(file.toString(), context.createProducerTemplate());
    }

    private CamelContext context() {
        CamelContext context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.putAll(settings.all());
        context.getPropertiesComponent().setOverrideProperties(properties);
        context.setStreamCaching(false);
        new Wiring(settings, new LoginMetrics(), Clock.systemUTC()).configure(context);
        return context;
    }

    private void route(String name, Consumer<ProcessorDefinition<?>> step) throws Exception {
        CamelContext context = context();
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

    private double micros(ProducerTemplate route, int batches) {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < batches; i++) {
            LoginBatch batch = new LoginBatch(records, NOWHERE);
            Exchange exchange =
                    route.send("direct:records", given -> given.getMessage().setBody(batch));
            if (exchange.getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
            batch.committed();
        }
        return (THREADS.getCurrentThreadCpuTime() - begun) / 1e3 / batches / BATCH;
    }
}
