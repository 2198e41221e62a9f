package loginstream.bench.contender;

import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;

/** Loginstream's own sink, with its defaults. */
final class SinkContender implements Contender {
    private final Application application;

    SinkContender(Assignment assignment, String sink) {
        Properties properties = assignment.settings();
        properties.put("loginstream.sink", sink);
        properties.put("loginstream.output.topic", assignment.input());
        application = new Application(Settings.load(properties, Map.of()));
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
