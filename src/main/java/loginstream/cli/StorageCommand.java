package loginstream.cli;

import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.storage.LoginStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with the store of a sink. */
@Command(
        name = "storage",
        description = "Looks after the store of a sink (loginstream.sink).",
        mixinStandardHelpOptions = true)
final class StorageCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: maintain");
    }

    @Command(
            name = "maintain",
            description =
                    "Joins small files, and removes snapshots and files that nobody needs any more. The sink may run"
                            + " meanwhile.",
            mixinStandardHelpOptions = true)
    void maintain() throws InterruptedException {
        Settings settings = Settings.load();
        if (!settings.sink().isStoring()) {
            throw new InvalidSettingException(
                    "loginstream.sink= is empty: say which sink, e.g. LOGINSTREAM_SINK=iceberg");
        }
        try (LoginStore store = settings.read(settings.sink().sink()::open)) {
            store.maintain().forEach(spec.commandLine().getOut()::println);
        }
    }
}
