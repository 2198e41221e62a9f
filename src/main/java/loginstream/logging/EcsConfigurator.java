package loginstream.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import co.elastic.logging.logback.EcsEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.slf4j.Logger;

/**
 * What Logback does here: a JSON object a line, of the same loggers at the same levels as slf4j-simple, whose file it
 * reads. Found by Logback as a service.
 */
public final class EcsConfigurator extends ContextAwareBase implements Configurator {
    private static final String FILE = "/simplelogger.properties";
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String LOGGER = PREFIX + "log.";

    private final OutputStream target;

    /** Onto standard output. */
    public EcsConfigurator() {
        this(System.out);
    }

    EcsConfigurator(OutputStream target) {
        this.target = target;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        setContext(context);
        EcsEncoder encoder = new EcsEncoder();
        encoder.setContext(context);
        encoder.setServiceName("loginstream");
        encoder.setServiceVersion(EcsConfigurator.class.getPackage().getImplementationVersion());
        encoder.setEventDataset("loginstream.log");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(target);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        levels().forEach((key, level) -> {
            String name = key.toString();
            if (name.equals(PREFIX + "defaultLogLevel")) {
                context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level.toString()));
            } else if (name.startsWith(LOGGER)) {
                context.getLogger(name.substring(LOGGER.length())).setLevel(Level.toLevel(level.toString()));
            }
        });
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Those of the file, and over them the system properties, as slf4j-simple does it. */
    private static Properties levels() {
        Properties levels = new Properties();
        try (InputStream file = EcsConfigurator.class.getResourceAsStream(FILE)) {
            levels.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.getProperties().forEach((key, value) -> {
            if (key.toString().startsWith(PREFIX)) {
                levels.put(key, value);
            }
        });
        return levels;
    }
}
