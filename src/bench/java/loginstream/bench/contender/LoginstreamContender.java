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
        Properties properties = assignment.settings();
        properties.put("loginstream.routes", word(form));
        properties.put("loginstream.delivery", word(guarantee));
        application = new Application(Settings.load(properties, Map.of()));
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
