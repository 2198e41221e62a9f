package loginstream.login;

import static org.assertj.core.api.Assertions.assertThat;

import loginstream.fixture.LoginRecords;
import loginstream.fixture.RecordingOutbox;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LoginSendsTest {
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Login login = new Login(LoginRecords.record(LoginRecords.good()), outbox);
    private final LoginSends sends = login.sends();
    private final Exception failure = new IllegalStateException("no database");

    private void send(String topic) {
        login.sendLater(new ProducerRecord<>(topic, new byte[0]), topic.equals("processed-data"));
    }

    @Test
    void waitsAndKeepsTheOrder() {
        // Given
        send("b");
        send("a");
        assertThat(outbox.all()).isEmpty();
        assertThat(login.isSent()).isTrue();
        assertThat(login.isDelivered()).isFalse();

        // When
        login.sendWaiting();

        // Then
        assertThat(outbox.all()).extracting(RecordingOutbox.Sent::topic).containsExactly("b", "a");
        assertThat(login.isSent()).isTrue();
        assertThat(sends.waiting()).isZero();
    }

    @Test
    void sendsNothingTwice() {
        // Given
        send("a");
        login.sendWaiting();

        // When
        login.sendWaiting();

        // Then
        assertThat(outbox.all()).hasSize(1);
    }

    @Test
    void takesBackWhatAStepHadSentBeforeItIsTriedAgain() {
        // Given
        send("before");
        send("within");
        sends.failed("step", failure, 1);

        // When
        sends.again("step", failure, true);
        send("within");
        login.sendWaiting();

        // Then
        assertThat(outbox.all()).extracting(RecordingOutbox.Sent::topic).containsExactly("before", "within");
    }

    @Test
    void takesBackOnlyOnceForEachFailure() {
        // Given
        send("first");
        sends.failed("step", failure, 0);
        sends.again("step", failure, true);
        send("second");

        // When
        sends.again("step", failure, true);

        // Then
        assertThat(sends.waiting()).isEqualTo(1);
    }

    @Test
    void keepsWhatWasSentWhereNothingIsTriedAgain() {
        // Given
        send("within");
        sends.failed("step", failure, 0);

        // When
        sends.again("step", failure, false);
        sends.again("another step", failure, true);
        sends.again("step", new IllegalStateException("another"), true);

        // Then
        assertThat(sends.waiting()).isEqualTo(1);
    }

    @Test
    void ofStepsWithinStepsTheOuterTakesAllBack() {
        // Given
        send("outer");
        send("inner");
        sends.failed("inner step", failure, 1);
        sends.failed("outer step", failure, 0);

        // When
        sends.again("outer step", failure, true);
        send("outer");
        send("inner");
        sends.again("inner step", failure, true);

        // Then
        assertThat(sends.waiting()).isEqualTo(2);
    }

    @Test
    void knowsWhetherTheResultIsAmongThem() {
        // Given
        send("processed-data");
        assertThat(login.isDelivered()).isTrue();
        sends.failed("step", failure, 0);

        // When
        sends.again("step", failure, true);

        // Then
        assertThat(login.isDelivered()).isFalse();
        assertThat(login.isSent()).isFalse();
    }
}
