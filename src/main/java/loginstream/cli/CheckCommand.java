package loginstream.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loginstream.Staging;
import loginstream.access.AccessRule;
import loginstream.access.AccessRules;
import loginstream.access.MissingRights;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.kafka.AdminClients;
import loginstream.kafka.failure.AccessRefusal;
import loginstream.kafka.failure.Reason;
import loginstream.route.trial.Finding;
import loginstream.route.yaml.YamlRoutes;
import loginstream.schema.RegistryException;
import loginstream.schema.TopicFormats;
import loginstream.storage.LoginStore;
import loginstream.storage.StoreUnavailableException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether the pipeline would run: one line for each check. */
@Command(
        name = "check",
        description =
                "Checks the settings, the brokers, the topics and the YAML routes, or only the routes in directories;"
                        + " runs nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final String BROKERS = "brokers";
    private static final String RIGHTS = "rights";
    private static final String SCHEMAS = "schemas";
    private static final int TIMEOUT_SECONDS = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIRECTORY",
            description =
                    "Check the *.camel.yaml in there, each directory by itself, and nothing else; no broker is needed.")
    private List<Path> directories = List.of();

    @Override
    public Integer call() throws InterruptedException {
        CheckReport report = new CheckReport(spec.commandLine().getOut());
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new ParameterException(spec.commandLine(), directory + " is no directory");
            }
        }
        try {
            Settings settings = Settings.load();
            report.ok("configuration", "every setting can be used");
            for (Path directory : directories) {
                checkRoutes(settings, directory, report);
            }
            if (directories.isEmpty()) {
                checkRoutes(settings, settings.routes().directory(), report);
                checkCluster(settings, report);
                checkSchemas(settings, report);
                checkStore(settings, report);
            }
        } catch (InvalidSettingException e) {
            e.problems().forEach(problem -> report.misconfigured("configuration", problem));
        }
        return report.exitCode();
    }

    private void checkRoutes(Settings settings, Path directory, CheckReport report) throws InterruptedException {
        try {
            YamlRoutes routes = Staging.yamlRoutes(settings, directory);
            routes.load();
            report.ok("routes", directory + "/*.camel.yaml load");
            if (routes.sayRehearsalOff()) {
                report.ok("rehearsal", "off, as a file says");
                return;
            }
            List<Finding> findings = routes.rehearse(Staging.javaRoutes(settings));
            findings.forEach(finding -> report.failed("rehearsal", finding.toString()));
            if (findings.isEmpty() && settings.rehearsal().enabled()) {
                report.ok("rehearsal", "they pass the made-up logins that the Java route passes");
            }
        } catch (InvalidSettingException e) {
            if (directories.isEmpty()) { // it is the setting that names them
                report.misconfigured("routes", e.getMessage());
            } else {
                report.failed("routes", e.getMessage());
            }
        }
    }

    private static void checkSchemas(Settings settings, CheckReport report) {
        if (!settings.schema().isUsed()) {
            return;
        }
        try {
            TopicFormats formats = TopicFormats.of(settings.schema(), settings.topics());
            formats.input().requireAnswer();
            String problem = formats.output().problem();
            if (problem.isEmpty()) {
                report.ok(SCHEMAS, "the registry answers, and the output's schema can be used");
            } else {
                report.failed(SCHEMAS, problem);
            }
        } catch (RegistryException e) {
            report.failed(SCHEMAS, e.getMessage());
        }
    }

    private static void checkStore(Settings settings, CheckReport report) throws InterruptedException {
        if (!settings.sink().isStoring()) {
            return;
        }
        try (LoginStore store = settings.read(settings.sink().sink()::open)) {
            store.requireAvailable();
            report.ok("store", settings.sink().name() + " stores");
        } catch (StoreUnavailableException e) {
            report.failed("store", e.getMessage());
        }
    }

    private static void checkCluster(Settings settings, CheckReport report) throws InterruptedException {
        if (settings.kafka().isSandbox()) {
            report.misconfigured(BROKERS, "KAFKA_BOOTSTRAP_SERVERS is not set");
            return;
        }
        String servers = settings.kafka().bootstrapServers();
        try (Admin admin = AdminClients.open(settings.clients())) {
            admin.describeCluster().nodes().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            report.ok(BROKERS, servers + " can be reached");
            new TopicChecks(admin, settings.topics(), report).run();
            checkRights(settings, admin, report);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            report.failed(
                    BROKERS,
                    servers + (AccessRefusal.of(e).isPresent() ? ": " : " cannot be reached: ") + Reason.message(e));
        }
    }

    private static void checkRights(Settings settings, Admin admin, CheckReport report) throws InterruptedException {
        AccessRules rules =
                new AccessRules(settings.topics(), settings.consumer().group(), settings.delivery(), List.of());
        List<AccessRule> missing =
                new MissingRights(admin, settings.clients()).of(rules.of(AccessRules.Command.CHECK, ""));
        missing.forEach(rule -> {
            String line = rule + " is missing: " + rule.reason();
            if (rule.needed()) {
                report.failed(RIGHTS, line);
            } else {
                report.warn(RIGHTS, line + "; goes on without");
            }
        });
        if (missing.isEmpty()) {
            report.ok(RIGHTS, "all that run needs");
        }
    }
}
