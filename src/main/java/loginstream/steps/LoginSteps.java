package loginstream.steps;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToIntFunction;
import loginstream.login.LoginJson;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.support.LifecycleStrategySupport;

/** Makes the routes of a Camel context fit for batches of logins. The door of this package. */
public final class LoginSteps {
    private LoginSteps() {}

    /** Whether a route that begins so is called by others, on their thread and with their exchanges. */
    public static boolean isCalled(String uri) {
        return LoginRoutes.isCalled(uri);
    }

    /**
     * To be called before the context's routes are added.
     *
     * @param json reads and writes logins
     * @param inputTopic where logins are consumed from
     * @param outputTopic where their results go
     * @param failed what is done about logins that no route has taken care of
     * @param tries how often what an exchange is about was tried
     * @param patient whether what is to be tried again waits before that
     * @param watch is told of steps that send
     * @return what decides about each login when a route has ended
     */
    public static RouteEnd install(
            CamelContext context,
            LoginJson json,
            String inputTopic,
            String outputTopic,
            FailedLogins failed,
            ToIntFunction<Exchange> tries,
            boolean patient,
            StepWatch watch) {
        DueTasks dueTasks = new DueTasks(patient);
        context.getCamelContextExtension().addContextPlugin(ScheduledExecutorService.class, dueTasks);
        context.getCamelContextExtension()
                .addContextPlugin(AsyncProcessorAwaitManager.class, new WaitingInTurn(dueTasks));
        Lifting lifting = new Lifting(context, dueTasks, outputTopic);
        LoginRoutes routes = new LoginRoutes(inputTopic, lifting::patienceOf);
        context.addLifecycleStrategy(routes);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                dueTasks.shutdownNow();
            }
        });
        context.getCamelContextExtension().addInterceptStrategy(new StepInterceptor(lifting, routes, json, watch));
        context.getRegistry().bind("bean-language", new MemberLanguage());
        context.addRoutePolicyFactory((any, id, route) ->
                LoginRoutes.isCalled(((RouteDefinition) route).getInput().getEndpointUri()) ? new CalledRoute() : null);
        ProcessorFactory known = context.getCamelContextExtension().getContextPlugin(ProcessorFactory.class);
        context.getCamelContextExtension().addContextPlugin(ProcessorFactory.class, new TrySteps(known));
        return new RouteEnd(lifting, routes, failed, tries);
    }
}
