package loginstream.storage.iceberg;

import loginstream.config.reading.SettingValues;
import loginstream.storage.LoginStore;
import loginstream.storage.Sink;
import org.apache.camel.RoutesBuilder;

/** Keeps logins in an Iceberg table. */
public final class IcebergSink implements Sink {
    static final String NAME = "iceberg";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RoutesBuilder route() {
        return new IcebergRoute();
    }

    @Override
    public LoginStore open(SettingValues settings) {
        return new IcebergStore(IcebergSettings.read(settings));
    }
}
