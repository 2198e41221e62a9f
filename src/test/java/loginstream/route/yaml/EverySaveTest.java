package loginstream.route.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import loginstream.Staging;
import loginstream.Wiring;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import loginstream.metrics.LoginMetrics;
import loginstream.route.trial.Probation;
import loginstream.route.trial.Rehearsal;
import loginstream.schema.TopicFormats;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a save can be, as editors and mounted folders do it, with the route that is shipped. No broker. Long,
 * because each kind of save is written out, and all are checked in the same way.
 */
class EverySaveTest {
    private static final String NAME = "user-login.camel.yaml";
    private static final String STEP = "        - process:\n            ref: loginValidator\n";
    private static final String CALL = "        - to: {uri: 'direct:sub'}\n";
    private static final String SUB =
            "- route: {id: sub, from: {uri: 'direct:sub', steps: [{setHeader: {name: a, constant: b}}]}}\n";
    private static final Settings SETTINGS = TestSettings.defaults();

    @TempDir
    private Path parent;

    private final LoginMetrics metrics = new LoginMetrics();
    private final CamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Path folder;
    private String shipped;
    private LiveReload reload;

    @BeforeEach
    void readShipped() throws IOException {
        folder = Files.createDirectory(parent.resolve("routes"));
        shipped = Files.readString(Path.of("routes", NAME));
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        context.stop();
    }

    /** What is done to the files. */
    @FunctionalInterface
    interface Save {
        void in(Path folder, String shipped) throws Exception;
    }

    static Stream<Arguments> good() {
        return Stream.of(
                edit("written in place", (folder, shipped) -> write(folder, NAME, edited(shipped))),
                edit("a new file moved over the old one", (folder, shipped) -> {
                    Path written = write(folder, ".4913", edited(shipped));
                    Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
                }),
                edit("the old file moved away, then a new one", (folder, shipped) -> {
                    Files.move(folder.resolve(NAME), folder.resolve(NAME + "~"));
                    later(100, () -> write(folder, NAME, edited(shipped)));
                }),
                edit("written in parts", (folder, shipped) -> {
                    write(folder, NAME, "");
                    later(50, () -> write(folder, NAME, edited(shipped).substring(0, 1_200)));
                    later(120, () -> write(folder, NAME, edited(shipped)));
                }),
                edit("several files, each of which needs the other", (folder, shipped) -> {
                    write(folder, NAME, calling(shipped));
                    later(100, () -> write(folder, "sub.camel.yaml", SUB));
                }),
                edit("a new file", (folder, shipped) -> write(folder, "sub.camel.yaml", SUB)),
                edit("a file with a route configuration only", (folder, shipped) -> {
                    int begin = shipped.indexOf("- routeConfiguration:");
                    write(folder, NAME, shipped.substring(0, begin));
                    write(folder, "failures.camel.yaml", shipped.substring(begin));
                }),
                edit(
                        "another id",
                        (folder, shipped) -> write(folder, NAME, shipped.replace("id: user-login", "id: x"))),
                edit(
                        "the same file by another name",
                        (folder, shipped) -> Files.move(folder.resolve(NAME), folder.resolve("a.camel.yaml"))));
    }

    @ParameterizedTest
    @MethodSource("good")
    void isAppliedOnce(Save save) throws Exception {
        // Given
        write(folder, NAME, shipped);
        run();

        // When
        save.in(folder, shipped);
        lookForAWhile();

        // Then
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(metrics.rejectedReloads()).isZero();
        assertConsuming();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                edit(
                        "an empty file",
                        "user-login.camel.yaml: it is empty",
                        (folder, shipped) -> write(folder, NAME, "")),
                edit(
                        "comments only",
                        "user-login.camel.yaml: it is empty",
                        (folder, shipped) -> write(folder, NAME, "# nothing")),
                edit(
                        "the only file deleted",
                        "holds no *.camel.yaml",
                        (folder, shipped) -> Files.delete(folder.resolve(NAME))),
                edit(
                        "the folder moved away",
                        "cannot be read",
                        (folder, shipped) -> Files.move(folder, folder.resolveSibling("elsewhere"))),
                edit(
                        "a file that cannot be read",
                        "cannot be read",
                        (folder, shipped) -> Files.createDirectory(folder.resolve("x.camel.yaml"))),
                edit(
                        "a route configuration only",
                        "there is no route",
                        (folder, shipped) ->
                                write(folder, NAME, shipped.substring(shipped.indexOf("- routeConfiguration:")))),
                edit(
                        "no route for the input any more",
                        "no route consumes them",
                        (folder, shipped) -> write(folder, NAME, SUB)),
                edit(
                        "two route configurations of one id",
                        "Route configuration already exists with id: dead-letters",
                        (folder, shipped) -> write(
                                folder, "z.camel.yaml", shipped.substring(shipped.indexOf("- routeConfiguration:")))),
                edit(
                        "two routes of one id",
                        "user-login.camel.yaml:15: ",
                        (folder, shipped) -> write(folder, "a.camel.yaml", SUB.replace("id: sub", "id: user-login"))),
                edit(
                        "steps that are nested too deeply",
                        "nested too deeply",
                        (folder, shipped) -> write(folder, "deep.camel.yaml", "[".repeat(5_000) + "]".repeat(5_000))),
                edit(
                        "a call of a route that is not there",
                        "user-login.camel.yaml:23",
                        (folder, shipped) -> write(folder, NAME, calling(shipped))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedOnce(String reason, Save save) throws Exception {
        // Given
        write(folder, NAME, shipped);
        run();

        // When
        save.in(folder, shipped);
        lookForAWhile();

        // Then
        assertThat(metrics.appliedReloads()).isZero();
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(reload.last().error()).contains(reason).hasLineCount(1);
        assertConsuming();
    }

    @Test
    void aRouteThatIsCalledCannotBeDeleted() throws Exception {
        // Given
        write(folder, NAME, calling(shipped));
        write(folder, "sub.camel.yaml", SUB);
        run();

        // When
        Files.delete(folder.resolve("sub.camel.yaml"));
        lookForAWhile();

        // Then
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(context.getRoutes()).hasSize(2);
        assertConsuming();
    }

    @Test
    void aRouteThatIsNotCalledCanBeDeleted() throws Exception {
        // Given
        write(folder, NAME, shipped);
        write(folder, "sub.camel.yaml", SUB);
        run();

        // When
        Files.delete(folder.resolve("sub.camel.yaml"));
        lookForAWhile();

        // Then
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(context.getRoutes()).hasSize(1);
        assertConsuming();
    }

    @Test
    void aFolderThatComesBackIsAsIfItHadNotBeenAway() throws Exception {
        // Given
        write(folder, NAME, shipped);
        run();
        Path elsewhere = folder.resolveSibling("elsewhere");
        Files.move(folder, elsewhere);
        lookForAWhile();

        // When
        Files.move(elsewhere, folder);
        lookForAWhile();
        write(folder, NAME, edited(shipped));
        lookForAWhile();

        // Then
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(reload.last().error()).isNull();
        assertConsuming();
    }

    /** As Kubernetes does it with a ConfigMap: the files are links to links to a folder, and one link is swapped. */
    @Test
    void aSwappedLinkIsASave() throws Exception {
        // Given
        write(Files.createDirectory(folder.resolve("..1")), NAME, shipped);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve(NAME), Path.of("..data", NAME));
        run();

        // When
        write(Files.createDirectory(folder.resolve("..2")), NAME, edited(shipped));
        Path swap = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(swap, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        lookForAWhile();

        // Then
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(metrics.rejectedReloads()).isZero();
        assertConsuming();
    }

    /** As Emacs marks a file that it edits: a link to nowhere. */
    @Test
    void whatAnEditorHidesIsNoFile() throws Exception {
        // Given
        write(folder, NAME, shipped);
        run();

        // When
        Files.createSymbolicLink(folder.resolve(".#" + NAME), Path.of("somebody@somewhere.1234"));
        lookForAWhile();

        // Then
        assertThat(metrics.appliedReloads()).isZero();
        assertThat(metrics.rejectedReloads()).isZero();
    }

    private static Arguments edit(String name, Save save) {
        return argumentSet(name, save);
    }

    private static Arguments edit(String name, String reason, Save save) {
        return argumentSet(name, reason, save);
    }

    private static String edited(String shipped) {
        return shipped.replace(STEP, STEP + "        - setHeader: {name: a, constant: b}\n");
    }

    private static String calling(String shipped) {
        return shipped.replace(STEP, STEP + CALL);
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Something that is done in another thread. */
    @FunctionalInterface
    private interface Deed {
        void run() throws Exception;
    }

    private static void later(int millis, Deed deed) {
        Thread thread = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
                deed.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
    }

    private void run() throws Exception {
        RouteFolder files = new RouteFolder(folder);
        RouteFiles running = files.read();
        Rehearsal rehearsal = Staging.rehearsal(
                SETTINGS,
                SETTINGS.rehearsal().recentRecords(),
                TopicFormats.of(SETTINGS.schema(), SETTINGS.topics()).input());
        context.getPropertiesComponent().setOverrideProperties(properties());
        Wiring.onStage(
                        SETTINGS,
                        Clock.systemUTC(),
                        TopicFormats.of(SETTINGS.schema(), SETTINGS.topics()).input(),
                        record -> {})
                .configure(context);
        context.addRoutes(running.builder());
        context.start();
        Probation probation = new Probation(SETTINGS.probation(), () -> 0);
        reload = new LiveReload(
                files,
                rehearsal,
                probation,
                running,
                new RunningRoutes(context, Exclusively.Replacement::run),
                metrics,
                timer);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.putAll(SETTINGS.all());
        return properties;
    }

    private void lookForAWhile() throws InterruptedException {
        for (int looks = 0; looks < 4; looks++) {
            reload.look();
            TimeUnit.MILLISECONDS.sleep(150);
        }
    }

    private void assertConsuming() {
        List<Route> consuming = context.getRoutes().stream()
                .filter(route -> route.getEndpoint().getEndpointUri().startsWith("kafka:"))
                .toList();
        assertThat(consuming).singleElement().satisfies(route -> assertThat(context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .isTrue());
    }
}
