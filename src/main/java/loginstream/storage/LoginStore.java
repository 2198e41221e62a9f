package loginstream.storage;

import java.util.List;
import java.util.function.BiConsumer;
import loginstream.login.Login;

/** Where processed logins are kept. Used by the consumer threads of its sink, several at once. */
public interface LoginStore extends AutoCloseable {

    /**
     * Stores logins; when this returns, they are durable. What is there already, from an earlier try, stays as it is.
     *
     * @param refused is told of a login that the store does not take for what it is, and why; the others are stored
     * @throws StoreUnavailableException if none is taken for now; then nobody knows which of them are there
     */
    void store(List<Login> logins, BiConsumer<Login, Exception> refused) throws InterruptedException;

    /** How much at once it is best given. */
    default Gathering gathering() {
        return Gathering.NONE;
    }

    /** Begins to look after what it holds, from time to time: whoever only asks does not. */
    void begin();

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
