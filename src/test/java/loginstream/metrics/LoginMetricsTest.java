package loginstream.metrics;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.UnparseableLoginException;
import loginstream.login.Violation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LoginMetricsTest {
    private static final TopicPartition FIRST = new TopicPartition("user-login", 0);
    private static final TopicPartition SECOND = new TopicPartition("user-login", 1);
    private static final Rejection INVALID = new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing")));
    private static final Rejection FAILED = new Rejection.Failed(new IllegalStateException(), 4);
    private static final Rejection UNPARSEABLE = new Rejection.Unparseable(new UnparseableLoginException("empty"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoginMetrics metrics = new LoginMetrics();

    @Test
    void countsEachRecordOnceByItsOutcome() {
        // Given
        metrics.bindTo(meters);
        LoginBatch batch = batch(10);
        List<Login> logins = allOf(batch);
        logins.subList(0, 4).forEach(LoginMetricsTest::process);
        logins.subList(4, 6).forEach(Login::filterOut);
        deadLetter(logins.get(6), INVALID);
        deadLetter(logins.get(7), INVALID);
        deadLetter(logins.get(8), UNPARSEABLE);
        deadLetter(logins.get(9), FAILED);

        // When
        metrics.committed(batch);

        // Then
        assertThat(metrics.totals()).isEqualTo(new LoginMetrics.Totals(4, 2, 4, 0));
        assertThat(metrics.totals().in()).isEqualTo(10);
        assertThat(count("loginstream.records", "outcome", "processed")).isEqualTo(4);
        assertThat(count("loginstream.records", "outcome", "filtered")).isEqualTo(2);
        assertThat(count("loginstream.records", "outcome", "dead_lettered")).isEqualTo(4);
        assertThat(count("loginstream.dead.letters", "failure", "invalid")).isEqualTo(2);
        assertThat(count("loginstream.dead.letters", "failure", "unparseable")).isEqualTo(1);
        assertThat(count("loginstream.dead.letters", "failure", "processing")).isEqualTo(1);
    }

    @Test
    void addsUpOverBatches() {
        // Given
        LoginBatch batch = batch(3);
        allOf(batch).forEach(LoginMetricsTest::process);
        metrics.committed(batch);

        // When
        metrics.committed(batch);

        // Then
        assertThat(metrics.totals().processed()).isEqualTo(6);
    }

    @Test
    void losesNoRecordThatTheRouteForgotAndSaysSo() {
        // Given
        LoginBatch batch = batch(3);

        // When
        String log;
        try (CapturedOutput output = new CapturedOutput()) {
            metrics.committed(batch);
            log = output.err();
        }

        // Then
        assertThat(metrics.totals()).isEqualTo(new LoginMetrics.Totals(0, 3, 0, 0));
        assertThat(log).contains("without sending 3 of 3 logins from user-login-2@0");
    }

    @Test
    void survivesANewRegistry() {
        // Given
        LoginBatch batch = batch(3);
        allOf(batch).forEach(LoginMetricsTest::process);
        metrics.committed(batch);

        // When
        metrics.bindTo(meters);

        // Then
        assertThat(count("loginstream.records", "outcome", "processed")).isEqualTo(3);
    }

    @Test
    void knowsTheLagOfEachPartitionThatAConsumerHas() {
        // Given
        metrics.bindTo(meters);
        metrics.lag("one", Map.of(FIRST, 5L));
        metrics.lag("other", Map.of(SECOND, 7L));

        // When
        metrics.lag("one", Map.of(FIRST, 3L));

        // Then
        assertThat(metrics.totals().lag()).isEqualTo(10);
        assertThat(lagGauge("0")).isEqualTo(3);
        assertThat(lagGauge("1")).isEqualTo(7);
    }

    @Test
    void forgetsTheLagOfAPartitionThatWasGivenAway() {
        // Given
        metrics.bindTo(meters);
        metrics.lag("one", Map.of(FIRST, 5L, SECOND, 7L));

        // When
        metrics.lag("one", Map.of(SECOND, 7L));

        // Then
        assertThat(metrics.totals().lag()).isEqualTo(7);
        assertThat(lagGauge("0")).isNaN();
    }

    @Test
    void followsAPartitionToAnotherConsumer() {
        // Given
        metrics.bindTo(meters);
        metrics.lag("one", Map.of(FIRST, 5L));
        metrics.lag("one", Map.of());

        // When
        metrics.lag("other", Map.of(FIRST, 2L));

        // Then
        assertThat(lagGauge("0")).isEqualTo(2);
        assertThat(metrics.totals().lag()).isEqualTo(2);
    }

    private double count(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).functionCounter().count();
    }

    private double lagGauge(String partition) {
        return meters.get("loginstream.consumer.lag")
                .tag("topic", "user-login")
                .tag("partition", partition)
                .gauge()
                .value();
    }

    private static void process(Login login) {
        SingleLogin.written(login);
        login.sendTo("processed-data", List.of());
    }

    private static void deadLetter(Login login, Rejection why) {
        login.reject(why);
        login.sendAsDeadLetter("user-login.dlq", new RecordHeaders());
    }

    private static LoginBatch batch(int size) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(record(i, "key", good()));
        }
        LoginBatch batch = new LoginBatch(records, new RecordingOutbox());
        SingleLogin.read(batch);
        return batch;
    }
}
