package loginstream.route.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import loginstream.login.LoginBatch;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.support.DefaultConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.helpers.NOPLogger;

/**
 * Routes in a Camel context of their own, with beans of their own, where nothing reaches beyond the process: unknown steps,
 * beans, options and placeholders show when it is built, and what the routes make of records when they are played.
 */
final class Stage implements AutoCloseable {
    /** How long a batch should take in a rehearsal, so that the limit of time can be kept. */
    private static final Duration AIM = Duration.ofMillis(200);

    private static final int LARGEST_BATCH = 100;

    private final CamelContext context = new DefaultCamelContext();
    private final String inputTopic;

    /**
     * Builds them.
     *
     * @param properties that the routes may refer to
     * @param beans makes what the routes refer to
     * @throws UnusableRoutesException if they cannot be built
     */
    Stage(Map<String, String> properties, Supplier<CamelConfiguration> beans, String inputTopic, RoutesBuilder routes)
            throws UnusableRoutesException {
        this.inputTopic = inputTopic;
        StepInHand step = new StepInHand();
        try {
            context.getCamelContextExtension().setStartupStepRecorder(step);
            Properties overriding = new Properties();
            overriding.putAll(properties);
            context.getPropertiesComponent().setOverrideProperties(overriding);
            context.getShutdownStrategy().setTimeout(1);
            context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
            context.getCamelContextExtension()
                    .setErrorHandlerFactory(new DefaultErrorHandlerDefinition().log(NOPLogger.NOP_LOGGER));
            context.getGlobalOptions().put(Exchange.LOG_EIP_NAME, "loginstream.rehearsal");
            context.getCamelContextExtension().registerEndpointCallback(StandIn::of);
            context.getCamelContextExtension().addInterceptStrategy(new StepNotes());
            context.getCamelContextExtension()
                    .getContextPlugin(Model.class)
                    .addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
                        @Override
                        public void onAddRouteDefinition(RouteDefinition route) {
                            leaveOut(route);
                        }
                    });
            beans.get().configure(context);
            routes.addRoutesToCamelContext(context);
            context.start();
            if (context.getRoutes().isEmpty()) {
                throw new UnusableRoutesException("there is no route in them");
            }
        } catch (UnusableRoutesException e) {
            close();
            throw e;
        } catch (Exception e) {
            String reason = new FailureReport(context).of(e, step.of(context));
            close();
            throw new UnusableRoutesException(reason, e);
        }
    }

    /** A route that begins beyond the process does not run here. */
    private static void leaveOut(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        if (!from.startsWith("kafka:") && !StandIn.isHarmless(from)) {
            route.setAutoStartup("false");
        }
    }

    /**
     * Lets the route that consumes the input handle records, in batches that grow as long as they are quick.
     *
     * @param performance is told of each batch
     */
    void play(List<ConsumerRecord<byte[], byte[]>> records, Performance performance) throws Exception {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof KafkaEndpoint kafka
                    && inputTopic.equals(kafka.getConfiguration().getTopic())) {
                play(records, route, performance);
                return;
            }
        }
    }

    private static void play(List<ConsumerRecord<byte[], byte[]>> records, Route route, Performance performance)
            throws Exception {
        int begin = 0;
        int size = 1;
        while (begin < records.size() && !Thread.currentThread().isInterrupted()) {
            List<ConsumerRecord<byte[], byte[]>> part = records.subList(begin, Math.min(records.size(), begin + size));
            performance.begins(part.size());
            play(new LoginBatch(part, (record, cause) -> {}), route, performance);
            begin += part.size();
            long fitting = AIM.toNanos() / Math.max(1, performance.nanosEach());
            size = (int) Math.max(1, Math.min(LARGEST_BATCH, fitting));
        }
    }

    private static void play(LoginBatch batch, Route route, Performance performance) throws Exception {
        DefaultConsumer consumer = (DefaultConsumer) route.getConsumer();
        Exchange exchange = consumer.createExchange(false);
        exchange.getMessage().setBody(batch);
        consumer.getProcessor().process(exchange);
        List<Outcome> outcomes = new ArrayList<>();
        if (exchange.getException() == null) {
            batch.forEach(login -> outcomes.add(Outcome.of(login)));
        } else {
            String reason = FailureReport.reason(exchange.getException());
            batch.forEach(login -> outcomes.add(
                    new Outcome(Outcome.Kind.FAILED, login.position(), StepNotes.failedAt(exchange), reason)));
        }
        performance.ended(outcomes);
        batch.committed(); // what is left to be done then is done, with nothing sent
    }

    @Override
    public void close() {
        context.stop();
    }
}
