package loginstream;

import java.util.ServiceLoader;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.steps.StepWatch;
import org.apache.camel.CamelContext;

/** Tells others what a pipeline does and when, a span for each batch; found by {@link ServiceLoader}, in builds that ask for it. */
public interface Traces extends AutoCloseable {
    /** Where nobody is told. */
    Traces NONE = new Traces() {
        @Override
        public void open(Settings settings) {}

        @Override
        public StepWatch steps() {
            return StepWatch.NONE;
        }

        @Override
        public void follow(CamelContext context) {}

        @Override
        public void close() {}
    };

    /**
     * What the settings ask for.
     *
     * @throws InvalidSettingException if this build does not have it, or it cannot be used as it is set
     */
    static Traces of(Settings settings) {
        if (!settings.traces()) {
            return NONE;
        }
        Traces traces = ServiceLoader.load(Traces.class, Traces.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "loginstream.traces.enabled=true needs a build that was made with -Dtraces"));
        traces.open(settings);
        return traces;
    }

    /**
     * Gets ready; nothing is sent yet.
     *
     * @throws InvalidSettingException if something about it is set to what cannot be used
     */
    void open(Settings settings);

    /** To be told of steps that send. */
    StepWatch steps();

    /** From now on what this context does is told; before anything is added to it that decides at the end of a route. */
    void follow(CamelContext context);

    /** Sends what is left, but waits no longer than a few seconds for that. */
    @Override
    void close();
}
