package loginstream.bench.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loginstream.login.Rejection;
import loginstream.login.UnparseableLoginException;
import loginstream.login.Violation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** What one writes without a framework: a loop over the plain clients and a Jackson tree. At least once. */
final class PlainClientsContender implements Contender {
    private final Assignment assignment;
    private final TreeSteps steps = new TreeSteps();
    private final DeadLetterSink deadLetters;
    private final PollingLoop loop;

    PlainClientsContender(Assignment assignment) {
        this.assignment = assignment;
        this.deadLetters = new DeadLetterSink(assignment.deadLetter());
        this.loop = new PollingLoop(assignment, this::handle);
    }

    private void handle(ConsumerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer) {
        if (record.value() == null) {
            return;
        }
        try {
            ObjectNode login = steps.parse(record.value());
            List<Violation> violations = steps.violations(login);
            if (!violations.isEmpty()) {
                deadLetters.send(record, new Rejection.Invalid(violations), (bad, cause) -> producer.send(bad));
                return;
            }
            byte[] key = record.key() != null
                    ? record.key()
                    : login.get("user_id").textValue().getBytes(StandardCharsets.UTF_8);
            byte[] value = steps.write(steps.enrich(login));
            producer.send(PollingLoop.copy(record, assignment.output(), key, value));
        } catch (UnparseableLoginException e) {
            deadLetters.send(record, new Rejection.Unparseable(e), (bad, cause) -> producer.send(bad));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public long done() {
        return loop.done();
    }

    @Override
    public void close() {
        loop.close();
    }
}
