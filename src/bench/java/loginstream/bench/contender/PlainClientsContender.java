package loginstream.bench.contender;

import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.TreeSteps;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** What one writes without a framework: a loop over the plain clients and a Jackson tree. At least once. */
final class PlainClientsContender implements Contender {
    private final Assignment assignment;
    private final TreeSteps steps;
    private final DeadLetterSink deadLetters;
    private final PollingLoop loop;

    PlainClientsContender(Assignment assignment) {
        this.assignment = assignment;
        this.steps = new TreeSteps(assignment.defaults());
        this.deadLetters = new DeadLetterSink(assignment.deadLetter());
        this.loop = new PollingLoop(assignment, this::handle);
    }

    private void handle(ConsumerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer) {
        Outbox outbox = (result, cause) -> producer.send(result);
        Login login = new Login(record, outbox);
        try {
            steps.apply(login);
            if (login.isOpen()) {
                login.send(login.result(assignment.output()));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (login.rejection() != null) {
            deadLetters.send(record, login.rejection(), outbox);
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
