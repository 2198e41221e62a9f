package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import loginstream.Application;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A route that is edited over and over while records flow, mostly for the worse. */
@ExtendWith(SharedBroker.class)
class ManyEditsIT {
    private static final int RATE = 2_000;
    private static final String STEP = "        - process:\n            ref: loginValidator\n";
    private static final String OFF = "# loginstream.rehearsal: off\n";
    private static final String TENTH =
            "        - filter:\n            simple: ${body[n]} ends with '3'\n            steps:\n"
                    + "              - setBody:\n                  simple: ${body.nothing()}\n";
    private static final String ALL = "        - setBody:\n            simple: ${body.nothing()}\n";

    @TempDir
    private Path routes;

    private String original;

    /** What becomes of an edit. */
    private enum Result {
        APPLIED(LoginMetrics::appliedReloads),
        REJECTED(LoginMetrics::rejectedReloads),
        ROLLED_BACK(LoginMetrics::rolledBackReloads);

        private final ToLongFunction<LoginMetrics> count;

        Result(ToLongFunction<LoginMetrics> count) {
            this.count = count;
        }

        LongSupplier of(LoginMetrics metrics) {
            return () -> count.applyAsLong(metrics);
        }
    }

    /**
     * An edit.
     *
     * @param text of the file
     * @param reason part of what is said of it
     */
    private record Edit(String text, Result result, String reason) {}

    @BeforeEach
    void readOriginal() throws Exception {
        original = Files.readString(Path.of("routes/user-login.camel.yaml"));
        save(original);
    }

    @Test
    void eachKindOfEditOnce(Cluster cluster) throws Exception {
        edit(cluster, 1);
    }

    @Test
    @Tag("long")
    void twoHundredEdits(Cluster cluster) throws Exception {
        edit(cluster, 20);
    }

    private void edit(Cluster cluster, int rounds) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        List<Duration> untilLive = new ArrayList<>();
        int sent;
        try (CapturedOutput log = new CapturedOutput();
                Application application = new Application(topics.settings(
                        cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", routes.toString()))) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, Integer.MAX_VALUE, RATE);
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().processed() > 1_000);

            // When
            for (int round = 0; round < rounds; round++) {
                for (Edit edit : edits(round)) {
                    Duration took = save(edit, application, log);
                    if (edit.result() == Result.APPLIED) {
                        untilLive.add(took);
                    }
                }
            }
            sent = feeder.stop();
            await().atMost(60, SECONDS)
                    .until(() -> application.metrics().totals().in() == sent);
        }

        // Then
        NumberedLogins.assertExactlyOnce(cluster, topics, sent);
        assertThat(untilLive).allMatch(took -> took.compareTo(Duration.ofSeconds(3)) < 0);
    }

    private List<Edit> edits(int round) {
        return List.of(
                good(round, "a"),
                new Edit("not yaml: [ # " + round, Result.REJECTED, "user-login.camel.yaml:"),
                bad(round, "        - process:\n            ref: noSuchBean\n", "noSuchBean"),
                bad(round, ALL, "user-login.camel.yaml:24: setBody"),
                bad(round, TENTH, "user-login.camel.yaml:27: setBody"),
                good(round, "b"),
                bad(round, "        - stop: {}\n", "dropped"),
                bad(round, "        - delay:\n            constant: 700\n", "ms for each"),
                new Edit(
                        original
                                + "- route: {from: {uri: 'file:/nowhere?startingDirectoryMustExist=true&autoCreate=false',"
                                + " steps: [{log: a}]}} # " + round,
                        Result.REJECTED,
                        "Starting directory does not exist"),
                new Edit(OFF + edited(round, TENTH), Result.ROLLED_BACK, "when live: "),
                new Edit(OFF + edited(round, ALL), Result.ROLLED_BACK, "when live: "));
    }

    private Edit good(int round, String name) {
        String step = "        - setHeader:\n            name: edit\n            constant: " + name + round + "\n";
        return new Edit(original.replace(STEP, STEP + step), Result.APPLIED, null);
    }

    private Edit bad(int round, String step, String reason) {
        return new Edit(edited(round, step), Result.REJECTED, reason);
    }

    private String edited(int round, String step) {
        return original.replace(STEP, STEP + step) + "# " + round + "\n";
    }

    /** Saves it, waits for what becomes of it, and tells how long that took. */
    private Duration save(Edit edit, Application application, CapturedOutput log) throws Exception {
        LongSupplier count = edit.result().of(application.metrics());
        long before = count.getAsLong();
        long all = all(application.metrics());
        Instant saved = Instant.now();
        save(edit.text());
        await(edit.text())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(20, SECONDS)
                .until(() -> count.getAsLong() == before + 1);
        Duration took = Duration.between(saved, Instant.now());
        assertThat(all(application.metrics()))
                .as("nothing else has become of it, but that what is taken back was applied before")
                .isEqualTo(all + (edit.result() == Result.ROLLED_BACK ? 2 : 1));
        assertConsuming(application);
        if (edit.reason() != null) {
            assertThat(lastVerdict(log)).contains(edit.reason());
        }
        return took;
    }

    private static String lastVerdict(CapturedOutput log) {
        return log.err()
                .lines()
                .filter(line -> line.contains(" LiveReload - the edited routes "))
                .reduce((one, next) -> next)
                .orElse("");
    }

    private static long all(LoginMetrics metrics) {
        return metrics.appliedReloads() + metrics.rejectedReloads() + metrics.rolledBackReloads();
    }

    private static void assertConsuming(Application application) {
        long processed = application.metrics().totals().processed();
        await().atMost(10, SECONDS).until(() -> application.metrics().totals().processed() > processed);
        assertThat(application.context().getRoutes())
                .extracting(Route::getRouteId)
                .contains("user-login");
    }

    private void save(String text) throws Exception {
        Files.writeString(routes.resolve("user-login.camel.yaml"), text);
    }
}
