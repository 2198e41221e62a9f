package loginstream.route.trial;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import loginstream.login.LoginBatch;
import loginstream.route.stage.FailureReport;
import loginstream.route.stage.Stage;
import loginstream.route.stage.StandIn;
import loginstream.route.stage.UnusableRoutesException;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tries routes out before they take the place of running ones: builds them, and lets them handle records, the latest that
 * were consumed or made-up ones, in a Camel context of their own where nothing reaches beyond the process.
 */
public final class Rehearsal {
    /** How long the records may take. Twice that, for the running routes are asked as well, is within the time of a save. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** How long a batch should take, so that the limit can be kept. */
    private static final Duration AIM = Duration.ofMillis(200);

    /** For the batch that is in hand when the limit is reached: its steps should not find everything stopped around them. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final int LARGEST_BATCH = 100;

    /** So many records go alone at first: the very first may be one that the slow step never sees. */
    private static final int ALONE = 5;

    private final Map<String, String> properties;
    private final Supplier<CamelConfiguration> beans;
    private final String inputTopic;
    private final RecentRecords recent;
    private final RehearsalSettings settings;
    private final UnaryOperator<byte[]> madeUp;
    private final boolean mayQuote;

    /**
     * @param properties that the routes may refer to
     * @param beans makes what the routes refer to, with nothing that reaches a broker; asked for each time
     * @param settings with how many records
     * @param recent what was consumed last
     * @param madeUp makes of a made-up login what the input holds
     * @param mayQuote whether a reason may hold what a step has said of a record
     */
    public Rehearsal(
            Map<String, String> properties,
            Supplier<CamelConfiguration> beans,
            String inputTopic,
            RehearsalSettings settings,
            RecentRecords recent,
            UnaryOperator<byte[]> madeUp,
            boolean mayQuote) {
        this.properties = properties;
        this.beans = beans;
        this.inputTopic = inputTopic;
        this.recent = recent;
        this.settings = settings;
        this.madeUp = madeUp;
        this.mayQuote = mayQuote;
    }

    /**
     * Only builds routes.
     *
     * @throws UnusableRoutesException if they cannot be built
     */
    public void build(RoutesBuilder routes) throws UnusableRoutesException {
        stage(routes).close();
    }

    /**
     * Requires that edited routes harm no login that the running ones pass.
     *
     * @throws UnusableRoutesException if they cannot be built; a {@link HarmfulRoutesException} if they would
     */
    public void require(RoutesBuilder edited, RoutesBuilder running)
            throws UnusableRoutesException, InterruptedException {
        if (!settings.enabled()) {
            build(edited);
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> records = records();
        List<Finding> findings = Verdict.of(play(edited, records), play(running, records), mayQuote);
        if (!findings.isEmpty()) {
            throw new HarmfulRoutesException(findings);
        }
    }

    /** What routes make of records, by position; of none where they cannot be built or it takes too long. */
    Map<String, Outcome> outcomes(RoutesBuilder routes, List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            return play(routes, records).outcomes();
        } catch (UnusableRoutesException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    /** One finding for each step at which logins have failed. */
    List<Finding> failures(List<Outcome> failed, int of) {
        return Verdict.ofFailures(failed, of, mayQuote);
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> consumed = recent.list();
        return consumed.isEmpty()
                ? BuiltInRecords.of(inputTopic, settings.records(), Clock.systemUTC(), madeUp)
                : consumed;
    }

    private Stage stage(RoutesBuilder routes) throws UnusableRoutesException {
        return new Stage(properties, beans.get(), inputTopic, routes, Rehearsal::takeInStead, new StepNotes());
    }

    private Performance play(RoutesBuilder routes, List<ConsumerRecord<byte[], byte[]>> records)
            throws UnusableRoutesException, InterruptedException {
        Performance performance = new Performance();
        Stage stage = stage(routes);
        FutureTask<Void> task = new FutureTask<>(() -> {
            if (stage.isConsuming()) {
                play(records, stage, performance);
            }
            return null;
        });
        try (stage) {
            Thread thread = new Thread(task, "rehearsal");
            thread.setDaemon(true);
            thread.start();
            awaitEnd(task, performance);
            thread.join(GRACE.toMillis());
        }
        return performance;
    }

    /** Nobody knows what would be given back. */
    private static void takeInStead(String uri, Exchange exchange) {
        if (!StandIn.isOneWay(uri)) {
            StepNotes.uncertain(exchange);
        }
    }

    /** In batches that grow as long as they are quick. */
    private static void play(List<ConsumerRecord<byte[], byte[]>> records, Stage stage, Performance performance)
            throws Exception {
        int begin = 0;
        int size = 1;
        while (begin < records.size() && !Thread.currentThread().isInterrupted()) {
            List<ConsumerRecord<byte[], byte[]>> part = records.subList(begin, Math.min(records.size(), begin + size));
            performance.begins(part.size());
            play(new LoginBatch(part, (record, cause) -> {}), stage, performance);
            begin += part.size();
            long fitting = AIM.toNanos() / Math.max(1, performance.nanosEach());
            size = begin < ALONE ? 1 : (int) Math.max(1, Math.min(LARGEST_BATCH, fitting));
        }
    }

    private static void play(LoginBatch batch, Stage stage, Performance performance) throws Exception {
        Exchange exchange = stage.play(batch);
        List<Outcome> outcomes = new ArrayList<>();
        if (exchange.getException() == null) {
            batch.forEach(login -> outcomes.add(Outcome.of(login)));
        } else {
            String reason = FailureReport.reason(exchange.getException());
            batch.forEach(login -> outcomes.add(
                    new Outcome(Outcome.Kind.FAILED, login.position(), StepNotes.failedAt(exchange), reason)));
        }
        performance.ended(outcomes);
        batch.committed(); // what is left to be done then is done, with nothing sent
    }

    /** What was done within the limit tells enough. */
    private static void awaitEnd(FutureTask<Void> task, Performance performance)
            throws UnusableRoutesException, InterruptedException {
        try {
            task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            performance.breakOff();
            task.cancel(true);
        } catch (ExecutionException e) {
            throw new UnusableRoutesException(FailureReport.reason(e.getCause()), e);
        }
    }
}
