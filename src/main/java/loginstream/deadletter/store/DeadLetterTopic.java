package loginstream.deadletter.store;

import java.util.function.Predicate;
import loginstream.kafka.AdminClients;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The dead-letter topic, open for reading. */
public final class DeadLetterTopic {
    private final ClientProperties clients;
    private final Topics topics;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final Topic topic;

    /** Something that is done with the open topic. */
    @FunctionalInterface
    public interface Work<T> {
        T with(DeadLetterTopic letters) throws Exception;
    }

    private DeadLetterTopic(ClientProperties clients, Topics topics, Admin admin, Consumer<byte[], byte[]> consumer)
            throws Exception {
        this.clients = clients;
        this.topics = topics;
        this.admin = admin;
        this.consumer = consumer;
        this.topic = describe("dead-letter", topics.deadLetter());
    }

    /**
     * Opens the topic with clients of its own, and closes them.
     *
     * @throws DeadLetterException if the topic is not there, or for what Kafka's clients throw meanwhile
     */
    public static <T> T open(ClientProperties clients, Topics topics, Work<T> work) {
        try (Admin admin = AdminClients.open(clients);
                Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader())) {
            return work.with(new DeadLetterTopic(clients, topics, admin, consumer));
        } catch (Exception e) {
            throw DeadLetterException.of(e, clients.bootstrapServers());
        }
    }

    /** How many partitions the input topic has, where redriven records go. */
    public int inputPartitions() throws Exception {
        return describe("input", topics.input()).partitions();
    }

    /** What is remembered of redrives, now. */
    public RedriveLog redriveLog() throws Exception {
        return RedriveLog.read(admin, consumer, topic);
    }

    /** Makes the topic in which redrives are remembered, where it is not there. */
    public void createRedriveLog() throws Exception {
        RedriveLog.createTopic(admin, topic);
    }

    /** Finds out where the dead letters of a filter can be, now. */
    public DeadLetterScan scan(DeadLetterFilter filter) {
        return new DeadLetterScan(filter, new FailureSearch(consumer, topic).ranges(filter));
    }

    /**
     * Hands on every dead letter that a scan finds, the oldest of each partition first.
     *
     * @param redriven tells which were sent again already
     * @param each answers whether to go on
     */
    public void read(DeadLetterScan scan, RedriveLog redriven, Predicate<StoredDeadLetter> each) {
        new TopicScan(consumer).read(scan.ranges(), record -> {
            StoredDeadLetter letter = StoredDeadLetter.of(record, redriven.holds(record));
            return !scan.filter().matches(letter) || each.test(letter);
        });
    }

    private Topic describe(String purpose, String name) throws Exception {
        return Topic.find(admin, name)
                .orElseThrow(() -> new DeadLetterException(
                        "the " + purpose + " topic " + name + " is not there on " + clients.bootstrapServers()));
    }
}
