package loginstream.bench.contender;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginStep;
import loginstream.login.Outbox;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The steps on one record, inside Kafka Streams. */
final class StreamsProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final LoginStep steps;
    private final DeadLetterSink deadLetters;
    private final AtomicLong done;
    private final Outbox toDeadLetters = this::forwardDeadLetter;
    private ProcessorContext<byte[], byte[]> context;

    StreamsProcessor(Assignment assignment, LoginStep steps, AtomicLong done) {
        this.steps = steps;
        this.deadLetters = new DeadLetterSink(assignment.deadLetter());
        this.done = done;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Login login = new Login(source(record), toDeadLetters);
        try {
            steps.apply(login);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (login.isOpen()) {
            byte[] key = record.key() != null
                    ? record.key()
                    : login.text(LoginField.USER_ID).getBytes(StandardCharsets.UTF_8);
            context.forward(
                    new Record<>(key, login.json(), record.timestamp(), record.headers()), StreamsContender.OUTPUT);
        } else if (login.rejection() != null) {
            deadLetters.send(login.source(), login.rejection(), toDeadLetters);
        }
        done.incrementAndGet();
    }

    private ConsumerRecord<byte[], byte[]> source(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        return new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                at.offset(),
                record.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private void forwardDeadLetter(ProducerRecord<byte[], byte[]> bad, Login cause) {
        context.forward(
                new Record<>(bad.key(), bad.value(), bad.timestamp(), bad.headers()), StreamsContender.DEAD_LETTERS);
    }
}
