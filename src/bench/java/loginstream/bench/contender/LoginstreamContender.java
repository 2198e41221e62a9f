package loginstream.bench.contender;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.route.RouteSettings;

/** Loginstream itself, with its defaults. */
final class LoginstreamContender implements Contender {
    private final Application application;

    LoginstreamContender(Assignment assignment, RouteSettings.Form form, DeliveryGuarantee guarantee) {
        this(assignment, Map.of("loginstream.routes", word(form), "loginstream.delivery", word(guarantee)));
    }

    private LoginstreamContender(Assignment assignment, Map<String, String> changes) {
        Properties properties = assignment.settings();
        properties.putAll(changes);
        application = new Application(Settings.load(properties, Map.of()));
    }

    /** One that stores what is in the input. */
    static LoginstreamContender storing(Assignment assignment, String sink) {
        return new LoginstreamContender(
                assignment, Map.of("loginstream.sink", sink, "loginstream.output.topic", assignment.input()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void start() throws Exception {
        application.start();
    }

    @Override
    public long done() {
        return application.metrics().totals().in();
    }

    @Override
    public void close() {
        application.close();
    }
}
