package loginstream.steps;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.spi.ReactiveExecutor;

/**
 * The scheduler of redeliveries. What is scheduled by a thread that handles a batch runs on that thread again, when the
 * step has seen all logins: so all failing ones wait at the same time, and no step is run by another thread. For other
 * threads it is an ordinary scheduler.
 */
final class DueTasks extends ScheduledThreadPoolExecutor {
    /** How often a thread that waits looks whether it should do so any longer. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ThreadLocal<Turn> turns = new ThreadLocal<>();
    private final boolean patient;

    /**
     * @param patient whether the tasks of turns wait; otherwise they are due at once
     */
    DueTasks(boolean patient) {
        super(1, task -> {
            Thread thread = new Thread(task, "redelivery");
            thread.setDaemon(true);
            return thread;
        });
        this.patient = patient;
    }

    /** A batch's turn on a thread: what waits to be run there. */
    final class Turn implements AutoCloseable {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition news = lock.newCondition();
        private final PriorityQueue<Due> due = new PriorityQueue<>();
        private final LongSupplier patience;
        private final Turn outer;
        private final Thread thread = Thread.currentThread();
        private long waitedNanos;

        Turn(LongSupplier patience, Turn outer) {
            this.patience = patience;
            this.outer = outer;
        }

        /**
         * Runs what is due until this is so.
         *
         * @return how long there was nothing to be run, in nanoseconds
         * @throws StoppedWhileWaitingException if its patience is not long enough
         */
        long runUntil(BooleanSupplier done, ReactiveExecutor executor) throws InterruptedException {
            long before = waitedNanos;
            while (!done.getAsBoolean()) {
                if (executor.executeFromQueue()) {
                    continue;
                }
                Due next = awaitNext(done);
                if (next != null) {
                    next.run();
                }
            }
            return waitedNanos - before;
        }

        private Due awaitNext(BooleanSupplier done) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!done.getAsBoolean()) {
                    Due next = due.peek();
                    long nanos = next == null ? Long.MAX_VALUE : next.getDelay(TimeUnit.NANOSECONDS);
                    if (nanos <= 0) {
                        return due.poll();
                    }
                    long left = patience.getAsLong();
                    if (left <= 0 || next != null && nanos > left) {
                        throw new StoppedWhileWaitingException();
                    }
                    long since = System.nanoTime();
                    news.awaitNanos(Math.min(nanos, LOOK.toNanos()));
                    waitedNanos += System.nanoTime() - since;
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        /** Something may be done now that somebody waits for. */
        void signal() {
            if (Thread.currentThread() != thread) {
                lock.lock();
                try {
                    news.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        }

        private ScheduledFuture<?> add(Due task) {
            lock.lock();
            try {
                due.add(task);
            } finally {
                lock.unlock();
            }
            return task;
        }

        @Override
        public void close() {
            if (outer == null) {
                turns.remove();
            } else {
                turns.set(outer);
            }
        }
    }

    private static final class Due extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long atNanos;

        Due(Runnable task, long nanos) {
            super(task, null);
            atNanos = System.nanoTime() + nanos;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(java.util.concurrent.Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** The turn on this thread, or null. */
    Turn current() {
        return turns.get();
    }

    /**
     * Begins a turn on this thread; what is scheduled from now on waits for it.
     *
     * @param patience how long it may still wait, in nanoseconds
     */
    Turn begin(LongSupplier patience) {
        Turn turn = new Turn(patience, turns.get());
        turns.set(turn);
        return turn;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Turn turn = turns.get();
        return turn == null
                ? super.schedule(task, delay, unit)
                : turn.add(new Due(task, patient ? unit.toNanos(delay) : 0));
    }
}
