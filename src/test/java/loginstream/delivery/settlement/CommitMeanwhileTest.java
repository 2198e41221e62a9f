package loginstream.delivery.settlement;

import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What the consumer's thread does while a commit is under way on the other one. */
class CommitMeanwhileTest {
    private final OnePartition partition = new OnePartition(Gathering.NONE);
    private final FakeDelivery delivery = partition.delivery;
    private final Settlement settlement = partition.settlement;

    @Test
    void severalBatchesGetThrough() {
        // Given
        sent(partition.routed(2));
        partition.thread.hold();
        settlement.commitMeanwhile();

        // When
        sent(partition.routed(3));
        sent(partition.routed(1));

        // Then
        assertThat(partition.told.counted()).isEmpty();
        assertThat(delivery.sent()).isEmpty();

        // When
        partition.thread.goOn();
        settlement.commit();

        // Then
        assertThat(partition.told.counted()).containsExactly(2, 3, 1);
        assertThat(delivery.sentByCommits()).containsExactly(1, 3);
        assertThat(partition.committed()).isEqualTo(6);
    }

    @Test
    void nothingOfThemIsSentWhereTheCommitFails() {
        // Given
        sent(partition.routed(2));
        partition.thread.hold();
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();
        sentAtOnce(partition.routed(1));
        sent(partition.routed(1));

        // When
        partition.thread.goOn();
        settlement.succeeded(sent(partition.next(1)), Duration.ZERO);

        // Then
        assertThat(delivery.sent()).hasSize(1);
        assertThat(partition.told.counted()).isEmpty();
        assertThat(partition.committed()).isZero();
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 | 2 | 3 | 4");
    }

    @Test
    void whatFailedBeforeIsNotSentLater() {
        // Given
        partition.routed(1);
        partition.thread.hold();
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();
        sent(partition.routed(1));
        partition.thread.goOn();
        settlement.commit();

        // When
        partition.now = partition.now.plusSeconds(6);
        assertThat(settlement.recovered()).isTrue();
        settlement.succeeded(settlement.next(), Duration.ZERO);
        settlement.commit();

        // Then
        assertThat(partition.committed()).isEqualTo(1);
        assertThat(delivery.sent()).isEmpty();
    }

    @Test
    void whatIsRolledBackIsNotSentLater() {
        // Given
        sent(partition.routed(1));

        // When
        settlement.unfinished(sent(partition.next(1)));

        // Then
        assertThat(delivery.rollbacks()).isEqualTo(1);
        assertThat(delivery.sent()).isEmpty();
        assertThat(partition.handedOutAgain()).isEqualTo("0 | 1");
    }

    @Test
    void whatWasDoneDoesNotWaitForABatchWhoseLoginsWait() {
        // Given
        partition.routed(2);
        LoginBatch waiting = partition.next(1);

        // When
        waiting.waits();

        // Then
        assertThat(partition.committed()).isEqualTo(2);
        settlement.succeeded(waiting, Duration.ZERO);
        settlement.commit();
        assertThat(partition.told.counted()).containsExactly(2, 1);
        assertThat(partition.committed()).isEqualTo(3);
    }

    @Test
    void aBatchWhoseLoginsWaitComesAgainWhereTheOneBeforeFails() {
        // Given
        partition.routed(2);
        LoginBatch waiting = partition.next(1);
        delivery.failNext(new TimeoutException("no answer"));
        waiting.waits();

        // When
        settlement.succeeded(waiting, Duration.ZERO);

        // Then
        assertThat(partition.told.counted()).isEmpty();
        assertThat(partition.committed()).isZero();
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 | 2");
    }

    @Test
    void norDoesWhatWasDoneWhileACommitWasUnderWay() {
        // Given
        partition.routed(2);
        partition.thread.hold();
        settlement.commitMeanwhile();
        partition.routed(1);
        partition.thread.goOn();

        // When
        partition.next(1).waits();

        // Then
        assertThat(partition.committed()).isEqualTo(3);
    }

    @Test
    void aBatchWhoseLoginsWaitLearnsLaterThatACommitHasFailed() {
        // Given
        partition.routed(2);
        partition.thread.hold();
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();
        partition.routed(1);
        partition.thread.goOn();
        LoginBatch waiting = partition.next(1);

        // When
        waiting.waits();

        // Then
        assertThat(delivery.isOpen()).isTrue();

        // When
        settlement.succeeded(waiting, Duration.ZERO);

        // Then
        assertThat(partition.told.counted()).isEmpty();
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 | 2 | 3");
    }

    @Test
    void whatABatchHasSentDoesNotCommitWithoutItsOffsets() {
        // Given
        partition.routed(1);
        LoginBatch waiting = sent(partition.next(1));

        // When
        waiting.waits();

        // Then
        assertThat(partition.committed()).isZero();

        // When
        settlement.succeeded(waiting, Duration.ZERO);
        settlement.commit();

        // Then
        assertThat(partition.committed()).isEqualTo(2);
        assertThat(delivery.sentByCommits()).containsExactly(1);
    }

    @Test
    void whatCouldNotBeSentForAnErrorComesAgain() {
        // Given
        delivery.breakNextSend(new OutOfMemoryError("Java heap space"));
        sentAtOnce(partition.routed(1));
        sent(partition.routed(1));

        // When
        settlement.commit();

        // Then
        assertThat(partition.committed()).isZero();
        assertThat(partition.told.counted()).isEmpty();

        // When
        partition.now = partition.now.plusSeconds(6);
        assertThat(settlement.recovered()).isTrue();
        settlement.succeeded(sent(settlement.next()), Duration.ZERO);
        settlement.commit();

        // Then
        assertThat(partition.committed()).isEqualTo(1);
    }

    @Test
    void aLongCommitThatFailedIsTroubleBeforeTheConsumersThreadKnowsOfIt() {
        // Given
        partition.routed(1);
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();

        // When
        partition.now = partition.now.plusSeconds(6);

        // Then
        assertThat(settlement.isTroubled()).isTrue();

        // When
        settlement.commit();

        // Then
        assertThat(settlement.isTroubled()).isTrue();

        // When
        partition.now = partition.now.plusSeconds(6);
        assertThat(settlement.recovered()).isTrue();
        settlement.succeeded(settlement.next(), Duration.ZERO);
        settlement.commit();

        // Then
        assertThat(settlement.isTroubled()).isFalse();
    }

    @Test
    void aRefusedRecordIsNoTroubleHoweverLongItsCommitTook() {
        // Given
        LoginBatch batch = partition.routed(1);
        delivery.refuse(allOf(batch).get(0), new RecordTooLargeException("large"), false);
        settlement.commitMeanwhile();
        partition.now = partition.now.plusSeconds(6);

        // When
        settlement.commit();

        // Then
        assertThat(settlement.isTroubled()).isFalse();
    }

    @Test
    void aCommitThatIsThereIsNoTroubleHoweverLateTheConsumersThreadKnowsOfIt() {
        // Given
        partition.routed(1);
        settlement.commitMeanwhile();

        // When
        partition.now = partition.now.plusSeconds(6);

        // Then
        assertThat(settlement.isTroubled()).isFalse();
    }

    /** A small record for it, as a route sends that handles it as a whole. */
    private static LoginBatch sent(LoginBatch batch) {
        return sent(batch, 0);
    }

    /** So large a record that it is a part of its own. */
    private static LoginBatch sentAtOnce(LoginBatch batch) {
        return sent(batch, 64 << 10);
    }

    private static LoginBatch sent(LoginBatch batch, int bytes) {
        allOf(batch).get(0).send(new ProducerRecord<>("out", new byte[bytes]));
        return batch;
    }
}
