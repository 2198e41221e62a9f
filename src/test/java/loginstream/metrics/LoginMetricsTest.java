package loginstream.metrics;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.Scrape;
import loginstream.fixture.SingleLogin;
import loginstream.login.DeadLetterForm;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.UnparseableLoginException;
import loginstream.login.Violation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every meter, as a scrape shows it. Long, because it is one test or two for each of them. */
class LoginMetricsTest {
    private static final TopicPartition FIRST = new TopicPartition("user-login", 0);
    private static final TopicPartition SECOND = new TopicPartition("user-login", 1);
    private static final Rejection INVALID = new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing")));
    private static final Rejection FAILED = new Rejection.Failed(new IllegalStateException(), 4);
    private static final Rejection UNPARSEABLE = new Rejection.Unparseable(new UnparseableLoginException("empty"));

    private static final Duration A_MOMENT = Duration.ofMillis(3);

    /** 60 ms after the time that the brokers have noted for the records. */
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(LoginRecords.RECORD_MILLIS + 60), ZoneOffset.UTC);

    private final LoginMetrics metrics = new LoginMetrics(clock);
    private boolean ready = true;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeEach
    void register() {
        new LoginMeters(metrics, () -> ready, () -> !ready).register(meters.getPrometheusRegistry());
    }

    @Test
    void countsEachRecordOnceByItsOutcome() {
        // Given
        LoginBatch batch = batch(10);
        List<Login> logins = allOf(batch);
        logins.subList(0, 4).forEach(LoginMetricsTest::process);
        logins.subList(4, 6).forEach(Login::filterOut);
        deadLetter(logins.get(6), INVALID);
        deadLetter(logins.get(7), INVALID);
        deadLetter(logins.get(8), UNPARSEABLE);
        deadLetter(logins.get(9), FAILED);

        logins.get(9).reduceDeadLetter(DeadLetterForm.STAND_IN);

        // When
        metrics.routed(batch, A_MOMENT).run();

        // Then
        assertThat(metrics.totals()).isEqualTo(new LoginMetrics.Totals(4, 2, 4, 0));
        assertThat(metrics.totals().in()).isEqualTo(10);
        Scrape scrape = scrape();
        assertThat(scrape.value("loginstream_records_total{outcome=\"processed\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("loginstream_records_total{outcome=\"filtered\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("loginstream_records_total{outcome=\"dead_lettered\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("loginstream_dead_letters_total{failure=\"invalid\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("loginstream_dead_letters_total{failure=\"unparseable\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_dead_letters_total{failure=\"processing\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_dead_letters_reduced_total{form=\"stand_in\"}"))
                .isEqualTo(1);
        assertThat(scrape.sum("loginstream_dead_letters_reduced_total")).isEqualTo(1);
    }

    @Test
    void countsNothingThatDoesNotCommit() {
        // Given
        LoginBatch batch = batch(3);
        allOf(batch).forEach(LoginMetricsTest::process);

        // When
        metrics.routed(batch, A_MOMENT);

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.sum("loginstream_records_total")).isZero();
        assertThat(scrape.sum("loginstream_logins_by_device_total")).isZero();
        assertThat(scrape.value("loginstream_latency_seconds_count")).isZero();
        assertThat(scrape.value("loginstream_batch_seconds_count")).isZero();
    }

    @Test
    void countsProcessedLoginsByWhatIsInThemEvenWhenThatIsForgotten() {
        // Given
        LoginBatch batch = batch(
                good(),
                good(),
                LoginRecords.with(LoginField.DEVICE_TYPE, "\"a \\\"quoted\\\" one\""),
                LoginRecords.with(LoginField.APP_VERSION, "\"3.0\""),
                LoginRecords.without(LoginField.LOCALE));
        allOf(batch).subList(0, 4).forEach(LoginMetricsTest::process);
        deadLetter(allOf(batch).get(4), INVALID);

        // When
        Runnable onCommit = metrics.routed(batch, A_MOMENT);
        batch.forget();
        onCommit.run();

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.of("loginstream_logins_by_device_total"))
                .containsOnly(
                        Map.entry("loginstream_logins_by_device_total{device_type=\"android\"}", 3.0),
                        Map.entry("loginstream_logins_by_device_total{device_type=\"a \\\"quoted\\\" one\"}", 1.0),
                        Map.entry("loginstream_logins_by_device_total{device_type=\"other\"}", 0.0));
        assertThat(scrape.value("loginstream_logins_by_locale_total{locale=\"RU\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("loginstream_logins_by_version_total{app_version=\"2.3.0\"}"))
                .isEqualTo(3);
        assertThat(scrape.value("loginstream_logins_by_version_total{app_version=\"3.0\"}"))
                .isEqualTo(1);
    }

    @Test
    void measuresFromTheRecordsTimestampToItsCommit() {
        // Given
        LoginBatch batch = batch(7);
        allOf(batch).forEach(LoginMetricsTest::process);

        // When
        metrics.routed(batch, A_MOMENT).run();

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.value("loginstream_latency_seconds_bucket{le=\"0.05\"}"))
                .isZero();
        assertThat(scrape.value("loginstream_latency_seconds_bucket{le=\"0.1\"}"))
                .isEqualTo(7);
        assertThat(scrape.value("loginstream_latency_seconds_count")).isEqualTo(7);
        assertThat(scrape.value("loginstream_latency_seconds_sum")).isCloseTo(0.42, within(1e-9));
    }

    @Test
    void aRecordWithoutTimestampHasNoLatency() {
        // Given
        ConsumerRecord<byte[], byte[]> timeless =
                new ConsumerRecord<>(LoginRecords.TOPIC, 0, 0, null, LoginRecords.utf8(good()));
        LoginBatch batch = new LoginBatch(List.of(timeless), new RecordingOutbox());
        allOf(batch).forEach(Login::filterOut);

        // When
        metrics.routed(batch, A_MOMENT).run();

        // Then
        assertThat(scrape().value("loginstream_latency_seconds_count")).isZero();
        assertThat(metrics.totals().filtered()).isEqualTo(1);
    }

    @Test
    void measuresBatches() {
        // Given
        LoginBatch batch = batch(60);
        allOf(batch).forEach(LoginMetricsTest::process);

        // When
        metrics.routed(batch, A_MOMENT).run();

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.value("loginstream_batch_records_bucket{le=\"50.0\"}"))
                .isZero();
        assertThat(scrape.value("loginstream_batch_records_bucket{le=\"100.0\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_batch_records_sum")).isEqualTo(60);
        assertThat(scrape.value("loginstream_batch_seconds_bucket{le=\"0.0025\"}"))
                .isZero();
        assertThat(scrape.value("loginstream_batch_seconds_bucket{le=\"0.005\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_batch_seconds_sum")).isCloseTo(0.003, within(1e-9));
    }

    @Test
    void losesNoRecordThatTheRouteForgotAndSaysSo() {
        // Given
        LoginBatch batch = batch(3);

        // When
        String log;
        try (CapturedOutput output = new CapturedOutput()) {
            metrics.routed(batch, A_MOMENT).run();
            log = output.err();
        }

        // Then
        assertThat(metrics.totals()).isEqualTo(new LoginMetrics.Totals(0, 3, 0, 0));
        assertThat(log).contains("without sending 3 of 3 logins from user-login-2@0");
    }

    @Test
    void survivesARegistryThatIsCleared() {
        // Given
        LoginBatch batch = batch(3);
        allOf(batch).forEach(LoginMetricsTest::process);
        metrics.routed(batch, A_MOMENT).run();

        // When
        meters.clear();

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.value("loginstream_records_total{outcome=\"processed\"}"))
                .isEqualTo(3);
        assertThat(scrape.value("loginstream_latency_seconds_count")).isEqualTo(3);
        assertThat(scrape.value("loginstream_logins_by_locale_total{locale=\"RU\"}"))
                .isEqualTo(3);
    }

    @Test
    void knowsTheLagOfEachPartitionThatAConsumerHas() {
        // Given
        metrics.lag("one", Map.of(FIRST, 5L));
        metrics.lag("other", Map.of(SECOND, 7L));

        // When
        metrics.lag("one", Map.of(FIRST, 3L));

        // Then
        assertThat(metrics.totals().lag()).isEqualTo(10);
        assertThat(lagOf(0)).isEqualTo(3);
        assertThat(lagOf(1)).isEqualTo(7);
    }

    @Test
    void forgetsTheLagOfAPartitionThatWasGivenAway() {
        // Given
        metrics.lag("one", Map.of(FIRST, 5L, SECOND, 7L));

        // When
        metrics.lag("one", Map.of(SECOND, 7L));

        // Then
        assertThat(metrics.totals().lag()).isEqualTo(7);
        assertThat(scrape().of("loginstream_consumer_lag")).hasSize(1);
    }

    @Test
    void followsAPartitionToAnotherConsumer() {
        // Given
        metrics.lag("one", Map.of(FIRST, 5L));
        metrics.lag("one", Map.of());

        // When
        metrics.lag("other", Map.of(FIRST, 2L));

        // Then
        assertThat(lagOf(0)).isEqualTo(2);
        assertThat(metrics.totals().lag()).isEqualTo(2);
    }

    @Test
    void saysWhetherThePipelineIsReadyAndWhetherItIsPaused() {
        // Given
        double before = scrape().value("loginstream_ready");
        double pausedBefore = scrape().value("loginstream_paused");

        // When
        ready = false;

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(pausedBefore).isZero();
        assertThat(scrape().value("loginstream_paused")).isEqualTo(1);
        assertThat(scrape().value("loginstream_ready")).isZero();
    }

    @Test
    void countsReloadsAndRedeliveries() {
        // Given
        metrics.reloadApplied();
        metrics.reloadRejected();
        metrics.reloadRejected();

        // When
        metrics.redelivered();

        // Then
        Scrape scrape = scrape();
        assertThat(scrape.value("loginstream_route_reloads_total{result=\"applied\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_route_reloads_total{result=\"rejected\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("loginstream_redeliveries_total")).isEqualTo(1);
    }

    private Scrape scrape() {
        return new Scrape(meters.scrape());
    }

    private double lagOf(int partition) {
        return scrape().value("loginstream_consumer_lag{partition=\"" + partition + "\",topic=\"user-login\"}");
    }

    private static void process(Login login) {
        SingleLogin.written(login);
        SingleLogin.sent(login, "processed-data");
        login.process();
    }

    private static void deadLetter(Login login, Rejection why) {
        login.reject(why);
        login.becomeDeadLetter(new RecordHeaders());
        SingleLogin.sent(login, "user-login.dlq");
    }

    private static LoginBatch batch(int size) {
        return batch(Collections.nCopies(size, good()).toArray(String[]::new));
    }

    private static LoginBatch batch(String... values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            records.add(record(i, "key", values[i]));
        }
        LoginBatch batch = new LoginBatch(records, new RecordingOutbox());
        SingleLogin.read(batch);
        return batch;
    }
}
