package loginstream.bench.contender;

/** Poll and send the bytes: no parsing, no rules, not transactional. What is left is the price of Kafka's clients. */
final class BareLoopContender implements Contender {
    private final PollingLoop loop;

    BareLoopContender(Assignment assignment) {
        loop = new PollingLoop(
                assignment,
                (record, producer) ->
                        producer.send(PollingLoop.copy(record, assignment.output(), record.key(), record.value())));
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
