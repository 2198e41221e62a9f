package loginstream.steps;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * How long the steps of a route go on waiting for logins. A stop finishes the batch in hand, but may take 30 seconds as a
 * whole: what has to wait for longer is broken off, and comes again. Camel tells the services of a route that it is about
 * to stop. May be asked by any thread.
 */
final class PatienceAtStop extends ServiceSupport implements ShutdownPrepared {
    /** Enough for all redeliveries with the default delays. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private volatile long since;
    private volatile boolean stopping;

    /**
     * @param nanoTime the clock
     */
    PatienceAtStop(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Maybe not for the first time. A route that is only suspended goes on. */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly && !stopping) {
            since = nanoTime.getAsLong();
            stopping = true;
        }
    }

    /** The route is started again. */
    void forgetStop() {
        stopping = false;
    }

    /** How long it may still wait: without end, as long as the route runs. */
    long leftNanos() {
        return stopping ? since + PATIENCE.toNanos() - nanoTime.getAsLong() : Long.MAX_VALUE;
    }
}
