package loginstream.route.yaml;

import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Builds routes in a Camel context of their own, with the same beans, but starts nothing: unknown steps, beans, options
 * and placeholders show, and the running routes know nothing of it.
 */
final class TrialBuild {
    private final Map<String, String> properties;
    private final Supplier<CamelConfiguration> beans;

    /**
     * @param properties that the routes may refer to
     * @param beans makes what the routes refer to, anew for each trial
     */
    TrialBuild(Map<String, String> properties, Supplier<CamelConfiguration> beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /**
     * Builds them.
     *
     * @throws UnusableRoutesException if they cannot be built
     */
    void build(RouteFiles files) throws UnusableRoutesException {
        CamelContext scratch = new DefaultCamelContext();
        StepInHand step = new StepInHand();
        try {
            scratch.getCamelContextExtension().setStartupStepRecorder(step);
            Properties overriding = new Properties();
            overriding.putAll(properties);
            scratch.getPropertiesComponent().setOverrideProperties(overriding);
            scratch.setAutoStartup(false);
            beans.get().configure(scratch);
            files.builder().addRoutesToCamelContext(scratch);
            scratch.start();
            if (scratch.getRoutes().isEmpty()) {
                throw new UnusableRoutesException("there is no route in them");
            }
        } catch (UnusableRoutesException e) {
            throw e;
        } catch (Exception e) {
            throw new UnusableRoutesException(new FailureReport(scratch).of(e, step.of(scratch)), e);
        } finally {
            scratch.stop();
        }
    }
}
