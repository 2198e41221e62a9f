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
    /** Whether it is the commit that makes logins durable, not each call. */
    private final boolean gathering;

    private final LongAdder nanos = new LongAdder();

    TimedTransaction(StoreTransaction transaction, StoreListener listener, boolean gathering) {
        this.gathering = gathering;
        this.transaction = transaction;
        this.listener = listener;
    }

    /** A part of what takes part, e.g. to store or to commit. */
    @FunctionalInterface
    private interface Part {
        void run() throws InterruptedException;
    }

    private long time(Part part) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            part.run();
        } catch (StoreUnavailableException e) {
            listener.unavailable();
            throw e;
        }
        return System.nanoTime() - begin;
    }

    @Override
    public void store(List<Login> logins, BiConsumer<Login, Exception> refused) throws InterruptedException {
        long took = time(() -> transaction.store(logins, refused));
        if (gathering) {
            nanos.add(took);
        } else {
            listener.stored(Duration.ofNanos(took));
        }
    }

    @Override
    public void commit() throws InterruptedException {
        long took = time(transaction::commit);
        if (gathering) {
            listener.stored(Duration.ofNanos(nanos.sum() + took));
        }
    }

    @Override
    public void rollback() {
        transaction.rollback();
    }
}
