package loginstream;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import loginstream.config.Settings;
import loginstream.route.FailurePolicy;
import loginstream.route.UserLoginRoute;
import loginstream.route.cases.Recorder;
import loginstream.route.cases.TestFile;
import loginstream.route.cases.TestRunner;
import loginstream.route.stage.Stage;
import loginstream.route.stage.UnusableRoutesException;
import loginstream.route.trial.RecentRecords;
import loginstream.route.trial.Rehearsal;
import loginstream.route.yaml.YamlRoutes;
import loginstream.schema.TopicDeserializer;
import loginstream.schema.TopicFormats;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** Puts together what tries routes out: with the beans of the pipeline, and without brokers. */
public final class Staging {
    private Staging() {}

    /** The YAML routes in a directory, which nothing consumes for. */
    public static YamlRoutes yamlRoutes(Settings settings, Path directory) {
        return yamlRoutes(
                settings,
                directory,
                settings.rehearsal().recentRecords(),
                TopicFormats.of(settings.schema(), settings.topics()).input());
    }

    /**
     * The YAML routes in a directory.
     *
     * @param recent with what edits are rehearsed
     * @param input reads them
     */
    static YamlRoutes yamlRoutes(Settings settings, Path directory, RecentRecords recent, TopicDeserializer input) {
        return new YamlRoutes(directory, rehearsal(settings, recent, input));
    }

    /** The route that is compiled in. */
    static RoutesBuilder javaRoute(Settings settings) {
        return settings.sink().isStoring() ? settings.sink().sink().route() : new UserLoginRoute();
    }

    /** The routes that are compiled in. */
    public static RoutesBuilder javaRoutes(Settings settings) {
        return new RouteBuilder() {
            @Override
            public void addRoutesToCamelContext(CamelContext context) throws Exception {
                context.addRoutesConfigurations(new FailurePolicy());
                context.addRoutes(javaRoute(settings));
            }

            @Override
            public void configure() {}
        };
    }

    /**
     * Tries out edits.
     *
     * @param recent with what
     * @param input reads them
     */
    public static Rehearsal rehearsal(Settings settings, RecentRecords recent, TopicDeserializer input) {
        return new Rehearsal(
                settings.forCamel(),
                () -> Wiring.onStage(settings, Clock.systemUTC(), input, record -> {}),
                settings.topics().input(),
                settings.rehearsal(),
                recent,
                settings.sink().isStoring() ? Staging::processed : UnaryOperator.identity(),
                settings.pii().isKept());
    }

    /** A made-up login as the pipeline passes it on; what is no JSON object stays as it is. */
    private static byte[] processed(byte[] madeUp) {
        String text = madeUp == null ? "" : new String(madeUp, StandardCharsets.UTF_8);
        return text.endsWith("}")
                ? text.replaceFirst(
                                "}$",
                                ",\"event_time\":\"2026-01-01T00:00:00Z\",\"processed_time\":\"2026-01-01T00:00:01Z\"}")
                        .getBytes(StandardCharsets.UTF_8)
                : madeUp;
    }

    /** Runs tests of routes, with the settings that they name over the defaults. */
    public static TestRunner testRunner() {
        return new TestRunner(Staging::stage);
    }

    private static Stage stage(TestFile file, RoutesBuilder routes, Recorder recorder) throws UnusableRoutesException {
        Properties properties = new Properties();
        properties.putAll(file.settings());
        Settings settings = Settings.load(properties, Map.of());
        return new Stage(
                settings.forCamel(),
                Wiring.onStage(
                        settings,
                        Clock.fixed(file.clock(), ZoneOffset.UTC),
                        TopicFormats.of(settings.schema(), settings.topics()).input(),
                        recorder::send),
                settings.topics().input(),
                routes,
                recorder::send);
    }
}
