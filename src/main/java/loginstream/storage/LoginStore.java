package loginstream.storage;

import java.util.List;

/** Where processed logins are kept. Used by the consumer threads of its sink, several at once. */
public interface LoginStore extends AutoCloseable {

    /**
     * Begins to store what one consumer commits next.
     *
     * @throws StoreUnavailableException if that is not possible for now
     */
    StoreTransaction begin() throws InterruptedException;

    /** How much is best stored in one transaction. */
    default Gathering gathering() {
        return Gathering.NONE;
    }

    /** From now on looks after what it holds, from time to time: whoever only asks does not. */
    void lookAfter();

    /**
     * Tidies up what it holds, where that is not done along the way.
     *
     * @return what was done, for people
     * @throws StoreUnavailableException if that is not possible for now
     */
    default List<String> maintain() throws InterruptedException {
        return List.of("nothing is left to be done: it is looked after while the sink runs");
    }

    /**
     * Asks whether it could store.
     *
     * @throws StoreUnavailableException if not
     */
    void requireAvailable() throws InterruptedException;

    /** Lets go of its connections. */
    @Override
    void close();
}
