package loginstream.cli;

import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import loginstream.Application;
import loginstream.Sandbox;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.generator.GeneratorLoop;
import loginstream.metrics.SummaryLine;
import loginstream.schema.TopicFormats;
import picocli.CommandLine.Command;

/** Runs the pipeline until it is told to stop. */
@Command(name = "run", description = "Runs the pipeline (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Runnable {

    @Override
    public void run() {
        Settings settings = Settings.load();
        Closer closer = new Closer();
        Thread hook = new Thread(closer::close, "stop");
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
        boolean sandboxed = settings.kafka().isSandbox();
        Settings effective = sandboxed ? startSandbox(settings, closer) : settings;
        Application application = closer.add(new Application(effective));
        application.start();
        if (sandboxed) {
            closer.add(GeneratorLoop.endless(
                            effective.kafka(),
                            effective.topics().input(),
                            effective.sandbox(),
                            TopicFormats.toInput(effective.schema(), effective.topics())))
                    .start();
        }
        new Banner(effective, sandboxed).print(System.out);
        closer.add(new SummaryLine(application.metrics())).start();
    }

    private static Settings startSandbox(Settings settings, Closer closer) {
        Sandbox sandbox = ServiceLoader.load(Sandbox.class, Sandbox.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("KAFKA_BOOTSTRAP_SERVERS is not set, and this production"
                        + " build has no Kafka broker of its own: set it to host:port of your brokers"));
        closer.add(sandbox);
        return settings.withBootstrapServers(sandbox.start(settings.sandbox().kafkaPort(), settings.topics()));
    }
}
