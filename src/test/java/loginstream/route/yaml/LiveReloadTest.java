package loginstream.route.yaml;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import loginstream.metrics.LoginMetrics;
import loginstream.route.trial.Probation;
import loginstream.route.trial.Rehearsal;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of edits. Nobody watches the files here: the test says when to look. */
class LiveReloadTest {
    private static final String GOOD = "- route: {id: a, from: {uri: 'direct:good', steps: [{log: hello}]}}";
    private static final String BETTER = "- route: {id: a, from: {uri: 'direct:better', steps: [{log: hello}]}}";
    private static final String STUBBORN = "- route: {id: a, from: {uri: 'stubborn:a', steps: [{log: hello}]}}";
    private static final String ONE_MORE = GOOD + "\n- route: {id: b, from: {uri: 'stubborn:b', steps: [{log: b}]}}";
    private static final String BROKEN = "- route: {from: {uri: 'direct:x', steps: [{nonsense: 1}]}}";

    @TempDir
    private Path directory;

    private final StubbornComponent stubborn = new StubbornComponent();
    private final LoginMetrics metrics = new LoginMetrics();
    private final CamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private LiveReload reload;
    private Probation probation;

    @AfterEach
    void stop() {
        timer.shutdownNow();
        context.stop();
    }

    @Test
    void anEditThatDoesNotStartIsRejectedOnceHoweverOftenFilesAreTouched() throws Exception {
        // Given
        running(GOOD);
        stubborn.failStarts(10);
        write(STUBBORN);

        // When
        look();
        look();
        look();

        // Then
        assertThat(stubborn.starts()).isEqualTo(1);
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isZero();
        assertThat(uri()).isEqualTo("direct://good");
        assertThat(reload.running()).containsValue(GOOD).hasSize(1);
    }

    @Test
    void anEditThatDoesNotStartIsTriedAgainWhenItWasChanged() throws Exception {
        // Given
        running(GOOD);
        stubborn.failStarts(1);
        edit(STUBBORN);

        // When
        edit(STUBBORN + "\n# once more");

        // Then
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(uri()).isEqualTo("stubborn://a");
        assertThat(reload.last().error()).isNull();
    }

    @Test
    void anEditThatDoesNotStartIsTriedAgainAfterItWasTakenBack() throws Exception {
        // Given
        running(GOOD);
        stubborn.failStarts(1);
        edit(STUBBORN);
        edit(GOOD);

        // When
        edit(STUBBORN);

        // Then
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isEqualTo(1);
        assertThat(uri()).isEqualTo("stubborn://a");
    }

    @Test
    void aRejectedEditThatWasTakenBackIsNoProblemAnyMore() throws Exception {
        // Given
        running(GOOD);
        edit(BROKEN);
        LiveReload.Result rejected = reload.last();

        // When
        edit(GOOD);

        // Then
        assertThat(rejected.error()).contains("nonsense");
        assertThat(reload.last()).isNull();
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isZero();
    }

    @Test
    void nothingIsLeftOfAnEditOfWhichOneRouteDoesNotStart() throws Exception {
        // Given
        running(GOOD);
        stubborn.failStarts(1);

        // When
        edit(ONE_MORE);

        // Then
        assertThat(reload.last().error()).isEqualTo(file() + ":2: will not start");
        assertThat(uri()).isEqualTo("direct://good");
        assertThat(context.getRoutes()).extracting(Route::getRouteId).containsExactly("a");
        assertThat(context.getRouteController().getRouteStatus("b")).isNull();
    }

    @Test
    void theRoutesBeforeAreStartedAgainAsSoonAsTheyCanBe() throws Exception {
        // Given
        running(STUBBORN);
        stubborn.failStarts(3);

        // When
        edit(STUBBORN.replace("hello", "something else"));

        // Then
        await().atMost(20, SECONDS).until(() -> stubborn.starts() == 4 && "stubborn://a".equals(uri()));
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(metrics.appliedReloads()).isZero();
        assertThat(reload.running()).containsValue(STUBBORN);
    }

    @Test
    void anEditTakesThePlaceOfRoutesThatDoNotStartAgain() throws Exception {
        // Given
        running(STUBBORN);
        stubborn.failStarts(Integer.MAX_VALUE);
        edit(STUBBORN.replace("hello", "something else"));

        // When
        edit(BETTER);

        // Then
        int starts = stubborn.starts();
        await().during(3, SECONDS).atMost(10, SECONDS).until(() -> "direct://better".equals(uri()));
        assertThat(stubborn.starts()).isEqualTo(starts);
    }

    @Test
    void filesThatAreGoneAreRejectedOnce() throws Exception {
        // Given
        running(GOOD);
        Files.delete(file());

        // When
        look();
        look();
        long atOnce = metrics.rejectedReloads();
        look();
        look();

        // Then
        assertThat(atOnce).as("it may be there again soon").isZero();
        assertThat(metrics.rejectedReloads()).isEqualTo(1);
        assertThat(reload.last().error()).contains("it holds no *.camel.yaml");
        assertThat(uri()).isEqualTo("direct://good");
    }

    @Test
    void anEditThatIsTakenBackGivesWayToTheOneBeforeItAndThatToThoseThatHaveProved() throws Exception {
        // Given
        running(GOOD);
        edit(BETTER);
        edit(GOOD.replace("direct:good", "direct:third"));

        // When
        boolean third = probation.passes(failed());
        await().atMost(10, SECONDS).until(() -> "direct://better".equals(uri()));
        boolean better = probation.passes(failed());

        // Then
        assertThat(third).isFalse();
        assertThat(better).isFalse();
        await().atMost(10, SECONDS).until(() -> "direct://good".equals(uri()));
        assertThat(probation.isOn()).isFalse();
        assertThat(reload.running()).containsValue(GOOD);
    }

    /** A batch at which steps have failed, so often that it is no chance. */
    private static LoginBatch failed() {
        LoginBatch batch = new LoginBatch(
                IntStream.range(0, 100)
                        .mapToObj(i -> new ConsumerRecord<>("user-login", 0, i, (byte[]) null, new byte[0]))
                        .toList(),
                (record, cause) -> {});
        for (Login login : batch) {
            login.reject(new Rejection.Failed(new IllegalStateException("thrown while live"), 1));
            login.becomeDeadLetter(new RecordHeaders());
            login.noteSent(false);
        }
        return batch;
    }

    private void running(String routes) throws Exception {
        write(routes);
        CamelConfiguration beans = new CamelConfiguration() {
            @Override
            public void configure(CamelContext any) {
                any.addComponent("stubborn", stubborn);
            }
        };
        RouteFolder folder = new RouteFolder(directory);
        Settings settings = TestSettings.defaults();
        Rehearsal rehearsal = new Rehearsal(
                settings.all(),
                () -> beans,
                settings.topics().input(),
                settings.rehearsal(),
                settings.rehearsal().recentRecords(),
                UnaryOperator.identity(),
                true);
        RouteFiles files = folder.read();
        beans.configure(context);
        context.addRoutes(files.builder());
        context.start();
        probation = new Probation(settings.probation(), () -> 0);
        reload = new LiveReload(
                folder,
                rehearsal,
                probation,
                files,
                new RunningRoutes(context, Exclusively.Replacement::run),
                metrics,
                timer);
    }

    private void edit(String routes) throws Exception {
        write(routes);
        look();
    }

    private void look() throws InterruptedException {
        reload.look();
    }

    private void write(String routes) throws Exception {
        Files.writeString(file(), routes);
    }

    private Path file() {
        return directory.resolve("routes.camel.yaml");
    }

    /** Where the route that runs consumes from; null where none is running. */
    private String uri() {
        Route route = context.getRoute("a");
        return route == null
                        || !context.getRouteController().getRouteStatus("a").isStarted()
                ? null
                : route.getEndpoint().getEndpointUri();
    }
}
