package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import loginstream.fixture.RecordingOutbox;
import loginstream.login.Failure;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Every way of coming again. Long, because order and number of the records are written out for each. */
class RedeliveryQueueTest {
    private static final int ALL = 100;

    private static final int MAX_ATTEMPTS = 3;
    private static final IllegalStateException FAILURE = new IllegalStateException("no database");

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final RedeliveryQueue queue = new RedeliveryQueue(MAX_ATTEMPTS);

    @Test
    void givesABatchAgainBeforeWhatCameLater() {
        // Given
        queue.append(records(0, 4, 5));

        // When
        queue.again(batch(0, 1, 2, 3));

        // Then
        assertThat(drained()).containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L));
    }

    @Test
    void givesBatchesAgainAsOne() {
        // Given
        queue.append(records(0, 6));

        // When
        queue.asOne(List.of(batch(0, 1, 2), batch(0, 3), batch(0, 4, 5)));

        // Then
        assertThat(drained()).containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(6L));
    }

    @Test
    void handsOutNoMoreThanItIsAskedFor() {
        // Given
        queue.append(records(0, 1, 2, 3, 4, 5));

        // When
        LoginBatch first = queue.next(outbox, 2);

        // Then
        assertThat(allOf(first)).extracting(login -> login.source().offset()).containsExactly(1L, 2L);
        assertThat(drained()).containsExactly(List.of(3L, 4L, 5L));
    }

    @Test
    void halvesABatchThatFailedForNoKnownReason() {
        // Given
        queue.append(records(0, 6));

        // When
        queue.inParts(batch(0, 1, 2, 3, 4, 5), Set.of(), FAILURE);

        // Then
        assertThat(drained()).containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L), List.of(6L));
    }

    @Test
    void halvesABatchThatWasTooMuchAtOnceAndNeverRejectsIt() {
        // Given
        queue.append(records(0, 4));
        queue.inHalves(batch(0, 1, 2, 3));

        // When
        for (int attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
            queue.inHalves(queue.next(outbox, ALL));
        }
        LoginBatch first = queue.next(outbox, ALL);

        // Then
        assertThat(allOf(first)).hasSize(1).allMatch(Login::isOpen);
        assertThat(drained()).containsExactly(List.of(2L, 3L), List.of(4L));
    }

    @Test
    void isolatesASuspectBetweenTheOthers() {
        // Given
        LoginBatch batch = batch(0, 1, 2, 3, 4);

        // When
        queue.inParts(batch, Set.of(allOf(batch).get(2)), FAILURE);

        // Then
        assertThat(drained()).containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L));
    }

    @Test
    void isolatesEachOfSeveralSuspects() {
        // Given
        LoginBatch batch = batch(0, 1, 2, 3, 4, 5, 6);
        List<Login> logins = allOf(batch);

        // When
        queue.inParts(batch, Set.of(logins.get(0), logins.get(3), logins.get(4)), FAILURE);

        // Then
        assertThat(drained()).containsExactly(List.of(1L), List.of(2L, 3L), List.of(4L), List.of(5L), List.of(6L));
    }

    @Test
    void comesDownToTheGuiltyRecordAndRejectsItAloneInOrder() {
        // Given
        queue.append(records(0, LongStream.range(0, 100).toArray()));
        List<String> delivered = new ArrayList<>();
        int handedOut = 0;

        // When
        while (!queue.isEmpty() && handedOut++ < 1000) {
            LoginBatch batch = queue.next(outbox, ALL);
            boolean fails = allOf(batch).stream().anyMatch(login -> login.isOpen() && offset(login) == 37);
            if (fails) {
                queue.inParts(batch, Set.of(), FAILURE);
            } else {
                batch.forEach(login -> delivered.add(offset(login) + (login.isOpen() ? "" : " rejected")));
                queue.committed(batch);
            }
        }

        // Then
        assertThat(delivered)
                .containsExactlyElementsOf(LongStream.range(0, 100)
                        .mapToObj(offset -> offset + (offset == 37 ? " rejected" : ""))
                        .toList());
        assertThat(handedOut).isLessThan(25);
    }

    @Test
    void handsOutARecordThatFailsAloneUntilItsAttemptsAreUsedUp() {
        // Given
        queue.inParts(batch(0, 7), Set.of(), new IllegalStateException("earlier"));
        queue.inParts(queue.next(outbox, ALL), Set.of(), FAILURE);
        LoginBatch third = queue.next(outbox, ALL);
        assertThat(allOf(third)).allMatch(Login::isOpen);
        queue.inParts(third, Set.of(), FAILURE);

        // When
        LoginBatch fourth = queue.next(outbox, ALL);

        // Then
        Login login = allOf(fourth).get(0);
        assertThat(login.state()).isEqualTo(Login.State.REJECTED);
        assertThat(login.rejection().failure()).isEqualTo(Failure.PROCESSING);
        assertThat(login.rejection().tried()).isEqualTo(MAX_ATTEMPTS);
        assertThat(login.rejection().exception()).isSameAs(FAILURE);
    }

    @Test
    void doesNotCountOutagesAgainstARecord() {
        // Given
        for (int outage = 0; outage < 2 * MAX_ATTEMPTS; outage++) {
            queue.again(outage == 0 ? batch(0, 7) : queue.next(outbox, ALL));
        }

        // When
        LoginBatch batch = queue.next(outbox, ALL);

        // Then
        assertThat(allOf(batch)).allMatch(Login::isOpen);
    }

    @Test
    void forgetsTheAttemptsOfARecordThatCommitted() {
        // Given
        failAlone(7, MAX_ATTEMPTS);
        queue.committed(queue.next(outbox, ALL));
        queue.append(records(0, 7));

        // When
        LoginBatch batch = queue.next(outbox, ALL);

        // Then
        assertThat(allOf(batch)).allMatch(Login::isOpen);
    }

    @Test
    void doesNotMixUpTheSameOffsetOfTwoPartitions() {
        // Given
        failAlone(7, MAX_ATTEMPTS);
        queue.next(outbox, ALL);
        queue.append(records(1, 7));

        // When
        LoginBatch batch = queue.next(outbox, ALL);

        // Then
        assertThat(allOf(batch)).allMatch(Login::isOpen);
    }

    @Test
    void forgetsPartitionsThatSomebodyElseHandles() {
        // Given
        List<ConsumerRecord<byte[], byte[]>> mixed = new ArrayList<>(records(0, 1, 2));
        mixed.addAll(records(1, 1, 2));
        queue.append(mixed);
        queue.append(records(0, 3));
        queue.append(records(2, 9));

        // When
        queue.dropPartitions(List.of(partition(0)));

        // Then
        assertThat(queue.partitions()).containsExactlyInAnyOrder(partition(1), partition(2));
        assertThat(drained()).containsExactly(List.of(1L, 2L), List.of(9L));
    }

    @Test
    void forgetsTheAttemptsInPartitionsThatSomebodyElseHandles() {
        // Given
        failAlone(7, MAX_ATTEMPTS);
        queue.dropPartitions(List.of(partition(0)));
        queue.append(records(0, 7));

        // When
        LoginBatch batch = queue.next(outbox, ALL);

        // Then
        assertThat(allOf(batch)).allMatch(Login::isOpen);
    }

    @Test
    void forgetsRecordsThatTurnOutToBeCommitted() {
        // Given
        queue.append(records(0, 1, 2));
        queue.append(records(0, 3, 4));
        queue.append(records(1, 1));

        // When
        queue.dropBefore(Map.of(partition(0), new OffsetAndMetadata(4)));

        // Then
        assertThat(drained()).containsExactly(List.of(4L), List.of(1L));
    }

    private void failAlone(long offset, int times) {
        LoginBatch batch = batch(0, offset);
        for (int i = 0; i < times; i++) {
            queue.inParts(batch, Set.of(), FAILURE);
            if (i < times - 1) {
                batch = queue.next(outbox, ALL);
            }
        }
    }

    private List<List<Long>> drained() {
        List<List<Long>> parts = new ArrayList<>();
        while (!queue.isEmpty()) {
            parts.add(allOf(queue.next(outbox, ALL)).stream()
                    .map(RedeliveryQueueTest::offset)
                    .toList());
        }
        return parts;
    }

    private LoginBatch batch(int partition, long... offsets) {
        return new LoginBatch(records(partition, offsets), outbox);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(int partition, long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(offset -> record(partition, offset, null, new byte[0]))
                .toList();
    }

    private static long offset(Login login) {
        return login.source().offset();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }
}
