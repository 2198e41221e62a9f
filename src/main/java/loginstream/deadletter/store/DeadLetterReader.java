package loginstream.deadletter.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Topics;

/**
 * Reads the dead-letter topic: what was committed up to the moment of the call. Each call opens clients of its own and
 * closes them, so any thread may call. All throw {@link DeadLetterException} where the brokers cannot be reached or the
 * topic is not there.
 */
public final class DeadLetterReader {
    private static final Comparator<StoredDeadLetter> OLDEST_FIRST =
            Comparator.comparing(StoredDeadLetter::failedAt).thenComparing(StoredDeadLetter::position);

    private final ClientProperties clients;
    private final Topics topics;

    public DeadLetterReader(ClientProperties clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /**
     * The newest ones that a filter wants, the newest first. They come without their values, of which each may be as
     * large as a record can be.
     *
     * @param limit how many at most
     */
    public List<StoredDeadLetter> newest(DeadLetterFilter filter, int limit) {
        PriorityQueue<StoredDeadLetter> newest = new PriorityQueue<>(OLDEST_FIRST);
        forEach(filter, letter -> {
            if (newest.size() == limit && OLDEST_FIRST.compare(letter, newest.peek()) > 0) {
                newest.poll();
            }
            if (newest.size() < limit) {
                newest.add(letter.withoutValue());
            }
        });
        return newest.stream().sorted(OLDEST_FIRST.reversed()).toList();
    }

    /** The one at a position in the dead-letter topic, with its value. */
    public Optional<StoredDeadLetter> find(RecordPosition position) {
        AtomicReference<StoredDeadLetter> found = new AtomicReference<>();
        scan(DeadLetterFilter.at(position), letter -> {
            found.set(letter);
            return false;
        });
        return Optional.ofNullable(found.get());
    }

    /** Hands on all that a filter wants, with values, the oldest of each partition first. */
    public void forEach(DeadLetterFilter filter, Consumer<StoredDeadLetter> action) {
        scan(filter, letter -> {
            action.accept(letter);
            return true;
        });
    }

    /** Counts what a filter wants. */
    public DeadLetterStats stats(DeadLetterFilter filter) {
        DeadLetterStats.Counting counting = new DeadLetterStats.Counting();
        forEach(filter, counting::count);
        return counting.result();
    }

    private void scan(DeadLetterFilter filter, Predicate<StoredDeadLetter> each) {
        DeadLetterTopic.open(clients, topics, letters -> {
            RedriveLog redriven = letters.redriveLog();
            letters.read(letters.scan(filter), redriven, each);
            return null;
        });
    }
}
