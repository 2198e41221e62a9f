package loginstream.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import loginstream.kafka.failure.ThrottledLog;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry logs, by Java's own logging, where everything else is logged: in the same form, and not at every try
 * while a collector is away.
 */
final class SdkLog extends Handler {
    /** Kept, as Java forgets what is set of a logger that nobody holds. */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private static final SdkLog HANDLER = new SdkLog();

    private final ThrottledLog log = new ThrottledLog(LoggerFactory.getLogger("traces"));

    private SdkLog() {
        setLevel(Level.WARNING);
    }

    /** From now on. */
    static void redirect() {
        SDK.setUseParentHandlers(false);
        SDK.removeHandler(HANDLER);
        SDK.addHandler(HANDLER);
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            String name = String.valueOf(record.getLoggerName());
            Throwable reason = record.getThrown();
            log.warn(
                    name.substring(name.lastIndexOf('.') + 1),
                    "OpenTelemetry: " + record.getMessage() + (reason == null ? "" : " (" + reason + ")"));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
