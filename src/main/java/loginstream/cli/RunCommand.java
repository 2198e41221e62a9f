package loginstream.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import loginstream.Application;
import loginstream.Sandbox;
import loginstream.StoreSandbox;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.generator.GeneratorLoop;
import loginstream.metrics.SummaryLine;
import loginstream.schema.TopicFormats;
import picocli.CommandLine.Command;

/** Runs the pipeline until it is told to stop. */
@Command(name = "run", description = "Runs the pipeline (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Runnable {
    /** The promise is 30 seconds from signal to end. */
    private static final Duration STOP = Duration.ofSeconds(28);

    @Override
    public void run() {
        Settings settings = Settings.load();
        Closer closer = new Closer();
        Thread hook = new Thread(() -> closer.closeWithin(STOP), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            run(settings, closer);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            closer.close();
            throw e;
        } catch (Exception e) {
            closer.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void run(Settings settings, Closer closer) throws Exception {
        if (settings.kafka().isSandbox() && !settings.sink().isStoring()) {
            runSandbox(settings, closer);
        } else {
            Settings effective = RunningCluster.of(settings, "a sink");
            Application application = start(effective, closer);
            new Banner(effective, false, List.of()).tell();
            closer.add(new SummaryLine(application.metrics())).start();
        }
    }

    private static void runSandbox(Settings settings, Closer closer) throws Exception {
        Sandbox sandbox = ServiceLoader.load(Sandbox.class, Sandbox.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("KAFKA_BOOTSTRAP_SERVERS is not set, and this production"
                        + " build has no Kafka broker of its own: set it to host:port of your brokers"));
        closer.add(sandbox);
        Settings effective =
                settings.withBootstrapServers(sandbox.start(settings.sandbox().kafkaPort()));
        sandbox.create(effective.topics());
        Application application = start(effective, closer);
        closer.add(GeneratorLoop.endless(
                        effective.kafka(),
                        effective.topics().input(),
                        effective.sandbox(),
                        TopicFormats.toInput(effective.schema(), effective.topics())))
                .start();
        List<String> tryNext = effective.sandbox().stores() ? startStores(effective, sandbox, closer) : List.of();
        new Banner(effective, true, tryNext).tell();
        closer.add(new SummaryLine(application.metrics())).start();
    }

    /** Each store that this build has for the sandbox, with the pipeline that stores there; what to try is given back. */
    private static List<String> startStores(Settings settings, Sandbox sandbox, Closer closer) throws Exception {
        List<String> tryNext = new ArrayList<>();
        for (StoreSandbox store : ServiceLoader.load(StoreSandbox.class, StoreSandbox.class.getClassLoader())) {
            Map<String, String> changes = new HashMap<>(closer.add(store).start());
            for (String port : List.of("camel.management.port", "loginstream.console.port")) {
                int next = Integer.parseInt(settings.all().get(port)) + tryNext.size() + 1;
                changes.put(port, Integer.toString(next));
            }
            Settings storing = settings.storing(store.sink(), changes);
            sandbox.create(storing.topics());
            start(storing, closer);
            tryNext.add(store.tryNext());
        }
        return tryNext;
    }

    private static Application start(Settings settings, Closer closer) throws Exception {
        Application application = closer.add(new Application(settings));
        application.start();
        return application;
    }
}
