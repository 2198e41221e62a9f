package loginstream.route.trial;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import loginstream.generator.LoginGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Made-up records, good and bad, for where none was consumed yet: the same each time, but for their times. */
final class BuiltInRecords {
    private static final long SEED = 1;
    private static final double BAD_SHARE = 0.1;

    private BuiltInRecords() {}

    static List<ConsumerRecord<byte[], byte[]>> of(String topic, int count, Clock clock, UnaryOperator<byte[]> madeUp) {
        LoginGenerator generator = new LoginGenerator(SEED, BAD_SHARE, clock);
        return IntStream.range(0, count)
                .mapToObj(offset -> record(topic, offset, clock.millis(), madeUp.apply(generator.next())))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, long millis, byte[] value) {
        byte[] key = ("user-" + offset % 10).getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                millis,
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
