package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A settlement whose batches are the records of one partition, in their order, with a delivery thread that can be held up. */
final class OnePartition {
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    final FakeDelivery delivery = new FakeDelivery(consumer);
    final Told told = new Told();
    final HeldThread thread = new HeldThread();
    final Settlement settlement;
    /** What its clock shows. */
    Instant now = NOW;
    /** Of the next records. */
    byte[] value;

    private long offset;

    OnePartition(Gathering gathering) {
        InstantSource clock = () -> now;
        settlement = new Settlement(
                consumer,
                delivery,
                told.options(gathering),
                new DeliveryThread(thread, Duration.ofSeconds(1)),
                clock.withZone(ZoneOffset.UTC));
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        settlement.open();
        assertThat(settlement.recovered()).isTrue();
    }

    /** A batch that the route is through with. */
    LoginBatch routed(int size) {
        LoginBatch batch = next(size);
        settlement.succeeded(batch, Duration.ZERO);
        return batch;
    }

    /** A batch on its way. */
    LoginBatch next(int size) {
        for (int i = 0; i < size; i++) {
            consumer.addRecord(record(0, offset++, null, value));
        }
        settlement.fetched(consumer.poll(Duration.ZERO));
        return settlement.next();
    }

    /** The offset that is committed, or 0. */
    long committed() {
        OffsetAndMetadata offsets = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return offsets == null ? 0 : offsets.offset();
    }

    /** Offsets, batch by batch. */
    String handedOutAgain() {
        List<String> batches = new ArrayList<>();
        while (settlement.hasNext()) {
            batches.add(allOf(settlement.next()).stream()
                    .map(login -> Long.toString(login.source().offset()))
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow());
        }
        return String.join(" | ", batches);
    }
}
