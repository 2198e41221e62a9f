package loginstream.delivery.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A delivery whose next commit ends as a test wants it; those after that get through. */
final class FakeDelivery implements Delivery {
    private final Consumer<?, ?> group;
    private boolean open;
    private boolean commits = true;
    private KafkaException failure;
    private boolean doubtful;
    private Map<Login, RefusedSend> toRefuse = Map.of();
    private Map<Login, RefusedSend> refused = Map.of();
    private boolean inDoubt;
    private int failingOpens;
    private int rollbacks;
    private Error breakage;
    private final List<Sending> sent = new ArrayList<>();
    private final List<Integer> sentByCommits = new ArrayList<>();

    /**
     * @param group where its offsets are committed
     */
    FakeDelivery(Consumer<?, ?> group) {
        this.group = group;
    }

    /** The next commit does not happen, and everybody knows. */
    void failNext(KafkaException reason) {
        commits = false;
        failure = reason;
    }

    /** Nobody knows of the next commit whether it has happened. */
    void loseAnswer(boolean commitHappens, KafkaException reason) {
        failNext(reason);
        commits = commitHappens;
        doubtful = true;
    }

    /** The brokers refuse the record of a login. */
    void refuse(Login login, Exception reason, boolean asDeadLetter) {
        failNext(new KafkaException(reason));
        toRefuse = Map.of(login, new RefusedSend(reason, asDeadLetter));
    }

    /** The next send ends with this, as with too little memory. */
    void breakNextSend(Error reason) {
        breakage = reason;
    }

    /** So many times the brokers do not answer when it is opened. */
    void failOpens(int times) {
        failingOpens = times;
    }

    /** Since it was made. */
    List<Sending> sent() {
        return sent;
    }

    /** For each commit that happened, how many had been sent by then. */
    List<Integer> sentByCommits() {
        return sentByCommits;
    }

    int rollbacks() {
        return rollbacks;
    }

    @Override
    public void open() {
        if (failingOpens > 0) {
            failingOpens--;
            throw new TimeoutException("no answer");
        }
        open = true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(Sending sending) {
        Error reason = breakage;
        breakage = null;
        if (reason != null) {
            throw reason;
        }
        sent.add(sending);
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
        if (commits) {
            group.commitSync(new HashMap<>(offsets));
            sentByCommits.add(sent.size());
        }
        if (failure != null) {
            KafkaException reason = failure;
            refused = toRefuse;
            inDoubt = doubtful;
            commits = true;
            failure = null;
            toRefuse = Map.of();
            doubtful = false;
            throw reason;
        }
    }

    @Override
    public void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public boolean sendsWhileCommitting() {
        return true;
    }

    @Override
    public boolean isInDoubt() {
        return inDoubt;
    }

    @Override
    public void rollback() {
        rollbacks++;
    }

    @Override
    public Map<Login, RefusedSend> refused() {
        return refused;
    }

    @Override
    public void close() {
        open = false;
        refused = Map.of();
        inDoubt = false;
    }
}
