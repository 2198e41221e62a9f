package loginstream.route.stage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loginstream.login.LoginBatch;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.helpers.NOPLogger;

/**
 * Routes in a Camel context of their own, with beans of their own, where nothing reaches beyond the process: unknown steps,
 * beans, options and placeholders show when it is built, and what the routes make of records when they are played.
 */
public final class Stage implements AutoCloseable {
    /** Of the log that routes write on a stage. */
    public static final String LOG = "loginstream.rehearsal";

    static {
        // For beans that are made by an expression, Camel has one exchange in the whole process, which belongs to the
        // context
        // that needs it first: that must not be one that is stopped again.
        CamelContext lasting = new DefaultCamelContext();
        lasting.build();
        ExchangeHelper.getDummy(lasting);
    }

    private final CamelContext context = new DefaultCamelContext();
    private final String inputTopic;

    /**
     * Builds them.
     *
     * @param properties that the routes may refer to
     * @param beans what the routes refer to
     * @param inputTopic what the routes handle is consumed from there
     * @param taker takes what is sent beyond the process
     * @param interceptors see each step
     * @throws UnusableRoutesException if they cannot be built
     */
    public Stage(
            Map<String, String> properties,
            CamelConfiguration beans,
            String inputTopic,
            RoutesBuilder routes,
            StandIn.Taker taker,
            InterceptStrategy... interceptors)
            throws UnusableRoutesException {
        this.inputTopic = inputTopic;
        StepInHand step = new StepInHand();
        try {
            context.getCamelContextExtension().setStartupStepRecorder(step);
            Placeholders.set(context, properties);
            context.setShutdownStrategy(new AtOnce(context));
            context.getCamelContextExtension()
                    .setErrorHandlerFactory(new DefaultErrorHandlerDefinition().log(NOPLogger.NOP_LOGGER));
            context.getGlobalOptions().put(Exchange.LOG_EIP_NAME, LOG);
            context.getCamelContextExtension()
                    .registerEndpointCallback((uri, original) -> StandIn.of(uri, original, taker));
            for (InterceptStrategy interceptor : interceptors) {
                context.getCamelContextExtension().addInterceptStrategy(interceptor);
            }
            context.getCamelContextExtension()
                    .getContextPlugin(Model.class)
                    .addModelLifecycleStrategy(StartOnly.from(context, from -> from.startsWith("kafka:")));
            // A call of a route that is not there waits for it where it is live; here it is certain that it will not
            // come.
            context.getComponent("direct", DirectComponent.class).setBlock(false);
            beans.configure(context);
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
        } catch (StackOverflowError e) {
            close();
            throw new UnusableRoutesException("they are nested too deeply", e);
        } catch (LinkageError e) {
            close();
            throw new UnusableRoutesException(FailureReport.reason(e), e);
        }
    }

    /** Where the records come from. */
    public String inputTopic() {
        return inputTopic;
    }

    /** Whether there is a route that consumes the input. */
    public boolean isConsuming() {
        return consuming().isPresent();
    }

    private Optional<Route> consuming() {
        return context.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof KafkaEndpoint kafka
                        && inputTopic.equals(kafka.getConfiguration().getTopic()))
                .findFirst();
    }

    /**
     * Lets the route that consumes the input handle a batch.
     *
     * @return the exchange, when the route is through with it
     * @throws Exception if the route has thrown
     */
    public Exchange play(LoginBatch batch) throws Exception {
        DefaultConsumer consumer = (DefaultConsumer) consuming().orElseThrow().getConsumer();
        Exchange exchange = consumer.createExchange(false);
        exchange.getMessage().setBody(batch);
        consumer.getProcessor().process(exchange);
        return exchange;
    }

    /** Waits until nothing is on its way any more that left the batch's, but not for longer than that. */
    public void awaitRest(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (context.getInflightRepository().size() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
