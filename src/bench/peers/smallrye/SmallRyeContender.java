package loginstream.bench.peer;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.transactions.KafkaTransactions;
import io.smallrye.reactive.messaging.kafka.transactions.TransactionalEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.Contender;
import loginstream.bench.contender.DeadLetterSink;
import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.TreeSteps;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** SmallRye's messaging, which is Quarkus', in Weld: batches, exactly once. */
public final class SmallRyeContender implements Contender {
    private static final AtomicLong DONE = new AtomicLong();
    private static Assignment given;
    private SeContainer container;

    public SmallRyeContender(Assignment assignment) {
        given = assignment;
    }

    /** What its users write. */
    @ApplicationScoped
    static class Pipeline {
        private final TreeSteps steps = new TreeSteps(given.defaults());
        private final DeadLetterSink deadLetters = new DeadLetterSink(given.deadLetter());

        @Inject
        @Channel("results")
        KafkaTransactions<byte[]> transactions;

        @Incoming("logins")
        Uni<Void> handle(Message<List<byte[]>> batch) {
            ConsumerRecords<byte[], byte[]> records = batch.getMetadata(IncomingKafkaRecordBatchMetadata.class)
                    .orElseThrow()
                    .getRecords();
            return transactions.withTransaction(batch, emitter -> {
                try {
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        handle(record, (result, cause) -> send(emitter, result));
                    }
                } catch (Exception e) {
                    return Uni.createFrom().failure(e);
                }
                DONE.addAndGet(records.count());
                return Uni.createFrom().voidItem();
            });
        }

        private void handle(ConsumerRecord<byte[], byte[]> record, Outbox outbox) throws Exception {
            Login login = new Login(record, outbox);
            steps.apply(login);
            if (login.isOpen()) {
                login.send(login.result(given.output()));
            } else if (login.rejection() != null) {
                deadLetters.send(record, login.rejection(), outbox);
            }
        }

        private static void send(TransactionalEmitter<byte[]> emitter, ProducerRecord<byte[], byte[]> result) {
            emitter.send(Message.of(
                    result.value(),
                    Metadata.of(OutgoingKafkaRecordMetadata.<byte[]>builder()
                            .withTopic(result.topic())
                            .withKey(result.key())
                            .withTimestamp(Instant.ofEpochMilli(result.timestamp()))
                            .withHeaders(result.headers())
                            .build())));
        }
    }

    @Override
    public void start() throws IOException {
        Properties properties = System.getProperties();
        try (Reader file = Files.newBufferedReader(Path.of("src/bench/peers/smallrye/application.properties"))) {
            properties.load(file);
        }
        properties.setProperty("peer.bootstrap-servers", given.bootstrapServers());
        properties.setProperty("peer.group", given.group());
        properties.setProperty("peer.input", given.input());
        properties.setProperty("peer.output", given.output());
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(Pipeline.class)
                .initialize();
    }

    @Override
    public long done() {
        return DONE.get();
    }

    @Override
    public void close() {
        container.close();
    }
}
