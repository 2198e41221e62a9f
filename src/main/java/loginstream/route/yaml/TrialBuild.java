package loginstream.route.yaml;

import java.util.Properties;
import java.util.function.Supplier;
import loginstream.config.Settings;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Builds routes in a Camel context of their own, with the same beans, but starts nothing: unknown steps, beans, options
 * and placeholders show, and the running routes know nothing of it.
 */
final class TrialBuild {
    private final Settings settings;
    private final Supplier<CamelConfiguration> beans;

    /**
     * @param beans makes what the routes refer to, anew for each trial
     */
    TrialBuild(Settings settings, Supplier<CamelConfiguration> beans) {
        this.settings = settings;
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
            Properties properties = new Properties();
            properties.putAll(settings.all());
            scratch.getPropertiesComponent().setOverrideProperties(properties);
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
