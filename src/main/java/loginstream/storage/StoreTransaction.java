package loginstream.storage;

import java.util.List;
import java.util.function.BiConsumer;
import loginstream.login.Login;
import loginstream.login.Participant;

/** What one consumer stores between two of its commits. Takes nothing any more once it was committed or rolled back. */
public interface StoreTransaction extends Participant {

    /**
     * Stores logins: they are durable when this returns, or when the transaction is committed, as the store does it. What is
     * there already, from an earlier try, stays as it is.
     *
     * @param refused is told of a login that the store does not take for what it is, and why; the others are stored
     * @throws StoreUnavailableException if none is taken for now; then nobody knows which of them are there
     */
    void store(List<Login> logins, BiConsumer<Login, Exception> refused) throws InterruptedException;

    /**
     * {@inheritDoc}
     *
     * @throws StoreUnavailableException if nothing is taken for now
     */
    @Override
    default void commit() throws InterruptedException {}

    @Override
    default void rollback() {}
}
