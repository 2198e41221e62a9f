package loginstream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.function.Consumer;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterLog;
import loginstream.deadletter.DeadLetters;
import loginstream.deadletter.Redeliveries;
import loginstream.delivery.ConsumingRoutes;
import loginstream.delivery.Detour;
import loginstream.delivery.KafkaHealthCheck;
import loginstream.delivery.LoginClientFactory;
import loginstream.delivery.LoginKafkaComponent;
import loginstream.enrichment.LoginEnricher;
import loginstream.enrichment.PersonalData;
import loginstream.filter.LoginFilter;
import loginstream.login.EachLogin;
import loginstream.login.Login;
import loginstream.login.LoginJson;
import loginstream.login.LoginParser;
import loginstream.metrics.LoginMeters;
import loginstream.metrics.LoginMetrics;
import loginstream.route.LoginRedeliveryPolicy;
import loginstream.route.limits.RouteLimits;
import loginstream.route.stage.Placeholders;
import loginstream.route.trial.Probation;
import loginstream.route.trial.RecentRecords;
import loginstream.schema.TopicDeserializer;
import loginstream.schema.TopicFormats;
import loginstream.steps.FailedLogins;
import loginstream.steps.LoginSteps;
import loginstream.steps.RouteEnd;
import loginstream.steps.StepNames;
import loginstream.storage.DryStore;
import loginstream.storage.LoginStore;
import loginstream.storage.StoreStep;
import loginstream.validation.LoginValidator;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.OnCamelContextStopped;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Every bean that routes refer to, and how Camel's Kafka component is set up. */
public final class Wiring implements CamelConfiguration {
    private final Settings settings;
    private final LoginMetrics metrics;
    private final Clock clock;
    private final RecentRecords recent;
    private final Probation probation;
    private final Detour detour;
    private final TopicFormats formats;
    private final Traces traces;
    /** Null where this is no stage. */
    private final Consumer<ProducerRecord<byte[], byte[]>> taker;

    /** For Camel's own ways to put an application together, its test kit above all: with the settings of this process. */
    public Wiring() {
        this(Settings.load(), new LoginMetrics(), Clock.systemUTC());
    }

    public Wiring(Settings settings, LoginMetrics metrics, Clock clock) {
        this(
                settings,
                metrics,
                clock,
                new RecentRecords(0, 0),
                new Probation(settings.probation(), () -> 0),
                TopicFormats.of(settings.schema(), settings.topics()),
                Traces.NONE);
    }

    /**
     * For a pipeline whose routes may be edited.
     *
     * @param recent is told of what is consumed
     * @param probation is asked of what may commit
     * @param formats of the topics
     * @param traces is told of what happens
     */
    public Wiring(
            Settings settings,
            LoginMetrics metrics,
            Clock clock,
            RecentRecords recent,
            Probation probation,
            TopicFormats formats,
            Traces traces) {
        this(settings, metrics, clock, recent, probation, Detour.NONE, formats, traces, null);
    }

    private Wiring(
            Settings settings,
            LoginMetrics metrics,
            Clock clock,
            RecentRecords recent,
            Probation probation,
            Detour detour,
            TopicFormats formats,
            Traces traces,
            Consumer<ProducerRecord<byte[], byte[]>> taker) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.recent = recent;
        this.probation = probation;
        this.detour = detour;
        this.formats = formats;
        this.traces = traces;
        this.taker = taker;
    }

    /**
     * For a stage: consumes nothing, sends nothing, does not wait between tries, and does not tell of dead letters.
     *
     * @param input reads records that were consumed; JSON is taken as well
     * @param taker is given what would be sent outside of a login's transaction
     */
    public static Wiring onStage(
            Settings settings, Clock clock, TopicDeserializer input, Consumer<ProducerRecord<byte[], byte[]>> taker) {
        return new Wiring(
                settings,
                new LoginMetrics(),
                clock,
                new RecentRecords(0, 0),
                new Probation(settings.probation(), () -> 0),
                Detour.NONE,
                new TopicFormats(input, TopicFormats.tried(settings.schema())),
                Traces.NONE,
                taker);
    }

    /**
     * For a replay.
     *
     * @param detour which records are handled, and where results go
     */
    static Wiring replaying(Settings settings, LoginMetrics metrics, Detour detour) {
        return new Wiring(
                settings,
                metrics,
                Clock.systemUTC(),
                new RecentRecords(0, 0),
                new Probation(settings.probation(), () -> 0),
                detour,
                TopicFormats.of(settings.schema(), settings.topics()),
                Traces.NONE,
                null);
    }

    @Override
    public void configure(CamelContext context) {
        Placeholders.putFirst(context);
        context.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, new StepNames());
        DeadLetterLog deadLetterLog = isStage()
                ? DeadLetterLog.none(clock)
                : new DeadLetterLog(clock, settings.pii().isKept());
        DeadLetters deadLetters = new DeadLetters(clock, deadLetterLog);
        context.getRegistry().bind("clock", clock);
        context.getRegistry().bind("deadLetters", deadLetters);
        context.getRegistry().bind("redeliveries", new Redeliveries(metrics::redelivered));
        context.getRegistry().bind("redeliveryPolicy", new LoginRedeliveryPolicy(settings.retry()));

        LoginClientFactory clients = new LoginClientFactory(
                settings.clients(),
                settings.topics(),
                settings.delivery(),
                settings.retry().attempts() + 1,
                context.getTypeConverter(),
                new Noting(metrics, recent, probation, deadLetterLog),
                formats);
        if (isStage()) {
            clients.keepOffBrokers(taker);
        } else {
            clients.consumeWithin(detour.span());
            clients.begin();
        }
        LoginJson json = new LoginJson(
                new LoginParser(settings.maxRecordBytes()),
                isStage() ? formats.input().lenient() : formats.input(),
                clients.plainOutbox());
        context.getRegistry().bind("kafka", kafka(clients));
        RouteEnd routeEnd = LoginSteps.install(
                context,
                json,
                settings.topics().input(),
                settings.topics().output(),
                failedLogins(deadLetters),
                exchange -> Redeliveries.of(exchange) + 1,
                !isStage(),
                traces.steps());
        RouteLimits.install(context, settings.routes().allowed());
        bindSteps(context, context.getRegistry(), json);
        if (settings.sink().isStoring()) {
            bindStore(context, clients);
        }
        traces.follow(context); // what is added first is told last how a route has ended
        context.addRoutePolicyFactory(clients.routePolicyFactory(routeEnd));
        context.addLifecycleStrategy(clients.lifecycleStrategy());
        ConsumingRoutes consumingRoutes = new ConsumingRoutes(context, clients);
        context.getRegistry().bind("consumingRoutes", consumingRoutes);
        HealthCheckRegistry.get(context).register(new KafkaHealthCheck(clients, consumingRoutes));

        LoginMeters meters = new LoginMeters(metrics, () -> isReady(context), consumingRoutes::isSuspended);
        PrometheusRegistry shown = meters(context.getRegistry()).getPrometheusRegistry();
        if (settings.sink().isStoring()) {
            meters.registerSink(shown, settings.sink().name());
        } else {
            meters.register(shown);
        }
    }

    private boolean isStage() {
        return taker != null;
    }

    private FailedLogins failedLogins(DeadLetters deadLetters) {
        return new FailedLogins() {
            @Override
            public void sendDeadLetter(Login login) {
                deadLetters.send(login, settings.topics().deadLetter());
            }

            @Override
            public void passedOn(Login login, Exception failure) {
                deadLetters.passedOn(login, failure);
            }
        };
    }

    /** The registry whose meters the metrics page shows: Camel makes it before the beans where the page is enabled. */
    private static PrometheusMeterRegistry meters(Registry registry) {
        String name = MicrometerConstants.METRICS_REGISTRY_NAME;
        PrometheusMeterRegistry meters = registry.lookupByNameAndType(name, PrometheusMeterRegistry.class);
        if (meters == null) {
            meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            registry.bind(name, meters);
        }
        return meters;
    }

    /** The answer of the readiness endpoint. */
    private static boolean isReady(CamelContext context) {
        return HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(context), true);
    }

    /** The steps of the route, by the names that both DSLs use. */
    private void bindSteps(CamelContext context, Registry registry, LoginJson json) {
        registry.bind("loginJson", json);
        registry.bind("loginFilter", new EachLogin(new LoginFilter(context, settings.filter())));
        registry.bind(
                "loginValidator",
                new EachLogin(new LoginValidator(settings.validation(), settings.pii()::isShown, clock)));
        registry.bind(
                "loginEnricher", new EachLogin(new LoginEnricher(clock).andThen(new PersonalData(settings.pii()))));
    }

    private void bindStore(CamelContext context, LoginClientFactory clients) {
        LoginStore store =
                isStage() ? new DryStore() : settings.read(settings.sink().sink()::open);
        context.getRegistry().bind(settings.sink().name(), new StoreStep(store, metrics));
        clients.gather(store.gathering());
        store.lookAfter();
        OnCamelContextStopped stopped = any -> store.close();
        context.addLifecycleStrategy(LifecycleStrategySupport.adapt(stopped));
    }

    private KafkaComponent kafka(LoginClientFactory clients) {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setBrokers(settings.kafka().bootstrapServers());
        // Between polls a consumer learns that it is to pause or to stop.
        configuration.setPollTimeoutMs(500L);
        // A batch is sent as one message body, on the thread that consumed it.
        configuration.setSynchronous(true);
        configuration.setUseIterator(false);
        configuration.setRecordMetadata(false);
        // None of the names Camel knows: bodies reach the client factory's producers as they are.
        configuration.setKeySerializer(LoginClientFactory.class.getName());
        configuration.setValueSerializer(LoginClientFactory.class.getName());

        LoginKafkaComponent component = new LoginKafkaComponent(clients, settings.topics(), settings.consumer());
        component.setConfiguration(configuration);
        component.sendBy(detour.topics());
        if (isStage()) {
            component.keepIdle();
        }
        component.setHealthCheckConsumerEnabled(false);
        component.setHealthCheckProducerEnabled(false);
        return component;
    }
}
