package loginstream.storage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import loginstream.login.Login;

/** Tells how a store does. */
final class TimedTransaction implements StoreTransaction {
    private final StoreTransaction transaction;
    private final StoreListener listener;
    private final LongAdder nanos = new LongAdder();

    TimedTransaction(StoreTransaction transaction, StoreListener listener) {
        this.transaction = transaction;
        this.listener = listener;
    }

    /** A part of what takes part, e.g. to store or to commit. */
    @FunctionalInterface
    private interface Part {
        void run() throws InterruptedException;
    }

    private void time(Part part) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            part.run();
        } catch (StoreUnavailableException e) {
            listener.unavailable();
            throw e;
        }
        nanos.add(System.nanoTime() - begin);
    }

    @Override
    public void store(List<Login> logins, BiConsumer<Login, Exception> refused) throws InterruptedException {
        time(() -> transaction.store(logins, refused));
    }

    @Override
    public void commit() throws InterruptedException {
        time(transaction::commit);
        listener.stored(Duration.ofNanos(nanos.sum()));
    }

    @Override
    public void rollback() {
        transaction.rollback();
    }
}
