package loginstream.route.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import loginstream.Staging;
import loginstream.config.Settings;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.Secrets;
import loginstream.fixture.TestSettings;
import loginstream.route.stage.UnusableRoutesException;
import loginstream.route.trial.Rehearsal;
import loginstream.schema.TopicFormats;

/** Builds the routes of files, and looks at what is told of those that cannot be used. */
final class RouteFileFuzz implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;
    private static final int MORE_THREADS = 40;

    private final CapturedOutput output = new CapturedOutput();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Rehearsal rehearsal;
    private final int threads = Thread.activeCount();
    private int built;
    private int refused;
    private int placed;

    RouteFileFuzz() {
        Map<String, String> changes = new HashMap<>(Secrets.settings());
        changes.put("kafka.bootstrap.servers", "localhost:1");
        Settings settings = TestSettings.with(changes);
        rehearsal = Staging.rehearsal(
                settings,
                settings.rehearsal().recentRecords(),
                TopicFormats.of(settings.schema(), settings.topics()).input());
    }

    void load(String text) throws Exception {
        RouteFiles files = new RouteFiles(new TreeMap<>(Map.of(Path.of("routes/any.camel.yaml"), text)));
        Future<?> building = thread.submit(() -> {
            rehearsal.build(files.builder());
            return null;
        });
        try {
            building.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            built++;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).as(text).isInstanceOf(UnusableRoutesException.class);
            String reason = e.getCause().getMessage();
            assertThat(reason).as(text).isNotBlank().hasLineCount(1).doesNotContain(Secrets.all());
            refused++;
            placed += reason.startsWith("routes/any.camel.yaml") ? 1 : 0;
        }
        assertThat(Thread.activeCount()).isLessThan(threads + MORE_THREADS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        output.close();
        assertThat(output.err()).doesNotContain(Secrets.all());
        System.out.printf(
                "of %d files %d could be used; of the others %d begin with the file's name%n",
                built + refused, built, placed);
    }
}
