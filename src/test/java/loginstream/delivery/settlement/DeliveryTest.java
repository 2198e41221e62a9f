package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.Rejection;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Both kinds of delivery, as far as a producer without brokers can show. */
class DeliveryTest {
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
            Map.of(new TopicPartition(TOPIC, 2), new OffsetAndMetadata(7));

    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

    private final MockProducer<byte[], byte[]> acknowledging = producer(true);
    private final MockProducer<byte[], byte[]> silent = producer(false);
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Login login = new Login(record("{}"), (sent, cause) -> {});

    private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Test
    void aTransactionThatTheBrokersWereNotAskedToCommitIsNotInDoubt() {
        // Given
        TransactionalDelivery delivery = transactional();
        acknowledging.sendOffsetsToTransactionException = new TimeoutException("no answer");

        // When
        Throwable failure = catchThrowable(() -> delivery.commit(OFFSETS, GROUP));

        // Then
        assertThat(failure).hasMessage("no answer");
        assertThat(delivery.isInDoubt()).isFalse();
    }

    @Test
    void aTransactionOfWhichTheAnswerIsMissingIsInDoubt() {
        // Given
        TransactionalDelivery delivery = transactional();
        acknowledging.commitTransactionException = new TimeoutException("no answer");

        // When
        Throwable failure = catchThrowable(() -> delivery.commit(OFFSETS, GROUP));

        // Then
        assertThat(failure).hasMessage("no answer");
        assertThat(delivery.isInDoubt()).isTrue();
        delivery.close();
        assertThat(delivery.isInDoubt()).isFalse();
    }

    @Test
    void offsetsOfWhichTheAnswerIsMissingAreInDoubt() {
        // Given
        AcknowledgedDelivery delivery = new AcknowledgedDelivery(() -> acknowledging, offsets -> {
            throw new TimeoutException("no answer");
        });
        delivery.open();
        delivery.commit(OFFSETS, GROUP);

        // When
        Throwable failure = catchThrowable(() -> delivery.commitOffsets(OFFSETS));

        // Then
        assertThat(failure).hasMessage("no answer");
        assertThat(delivery.isInDoubt()).isTrue();
    }

    @Test
    void whatIsRolledBackIsNotWaitedForAndHarmsNoCommitAfterIt() {
        // Given a record that the brokers do not answer
        AcknowledgedDelivery delivery = new AcknowledgedDelivery(() -> silent, committed::putAll);
        delivery.open();
        send(delivery);

        // When
        delivery.rollback();
        silent.errorNext(new TimeoutException("gone"));
        delivery.commit(OFFSETS, GROUP);
        delivery.commitOffsets(OFFSETS);

        // Then
        assertThat(committed).isEqualTo(OFFSETS);
    }

    @Test
    void aRefusedRecordIsToldFromARefusedDeadLetter() {
        // Given
        AcknowledgedDelivery delivery = new AcknowledgedDelivery(() -> silent, committed::putAll);
        delivery.open();
        Login rejected = new Login(record("{}"), (record, cause) -> delivery.send(Sending.of(record, cause)));
        rejected.reject(new Rejection.Failed(new IllegalStateException("a step threw"), 1));
        rejected.becomeDeadLetter(new RecordHeaders());
        send(delivery);
        rejected.sendLater(rejected.deadLetter("dead"), false);
        rejected.sendWaiting();

        // When
        RecordTooLargeException reason = new RecordTooLargeException("large");
        silent.errorNext(reason);
        silent.errorNext(reason);

        // Then
        assertThat(delivery.refused())
                .isEqualTo(Map.of(login, new RefusedSend(reason, false), rejected, new RefusedSend(reason, true)));
    }

    private TransactionalDelivery transactional() {
        TransactionalDelivery delivery = new TransactionalDelivery(() -> acknowledging);
        delivery.open();
        send(delivery);
        return delivery;
    }

    private void send(Delivery delivery) {
        delivery.send(Sending.of(new ProducerRecord<>("out", new byte[0]), login));
    }
}
