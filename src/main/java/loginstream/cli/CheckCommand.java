package loginstream.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.kafka.AdminClients;
import loginstream.kafka.Reason;
import loginstream.route.trial.Finding;
import loginstream.route.yaml.YamlRoutes;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells whether the pipeline would run: one line for each check. */
@Command(
        name = "check",
        description = "Checks the settings, the brokers, the topics and the YAML routes; runs nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final String BROKERS = "brokers";
    private static final int TIMEOUT_SECONDS = 10;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CheckReport report = new CheckReport(spec.commandLine().getOut());
        try {
            Settings settings = Settings.load();
            report.ok("configuration", "every setting can be used");
            checkRoutes(settings, report);
            checkCluster(settings, report);
        } catch (InvalidSettingException e) {
            e.problems().forEach(problem -> report.misconfigured("configuration", problem));
        }
        return report.exitCode();
    }

    private static void checkRoutes(Settings settings, CheckReport report) throws InterruptedException {
        try {
            YamlRoutes routes = Application.yamlRoutes(settings);
            routes.load();
            report.ok("routes", settings.routes().directory() + "/*.camel.yaml load");
            List<Finding> findings = routes.rehearse(Application.javaRoutes());
            findings.forEach(finding -> report.failed("rehearsal", finding.toString()));
            if (findings.isEmpty() && settings.rehearsal().enabled()) {
                report.ok("rehearsal", "they pass the made-up logins that the Java route passes");
            }
        } catch (InvalidSettingException e) {
            report.misconfigured("routes", e.getMessage());
        }
    }

    private static void checkCluster(Settings settings, CheckReport report) throws InterruptedException {
        if (settings.kafka().isSandbox()) {
            report.misconfigured(BROKERS, "KAFKA_BOOTSTRAP_SERVERS is not set");
            return;
        }
        String servers = settings.kafka().bootstrapServers();
        try (Admin admin = AdminClients.open(settings.clients())) {
            Set<String> topics = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            report.ok(BROKERS, servers + " can be reached");
            new TopicChecks(admin, settings.topics(), report).run(topics);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            report.failed(BROKERS, servers + " cannot be reached: " + Reason.message(e));
        }
    }
}
