package loginstream.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be closed in the end, the last first: the generator, the pipeline, then the broker they need. */
final class Closer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private static final int FRAMES = 12;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(T resource) {
        if (closed) {
            throw new IllegalStateException("stopping");
        }
        open.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            AutoCloseable resource = open.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.warn("could not close {}: {}", resource.getClass().getSimpleName(), e.toString());
            }
        }
    }

    /**
     * Closes, but waits no longer than this: what then still hangs, a route's step for example, is left to its end with
     * the process. Nothing is lost by that, as what has not committed comes again.
     */
    void closeWithin(Duration atMost) {
        if (isEmpty()) {
            return;
        }
        LOG.info("stopping: what is in hand is finished and committed");
        Thread closing = new Thread(this::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(atMost.toMillis());
            if (closing.isAlive()) {
                LOG.warn(
                        "not closed after {} s, ends all the same; it waits in {}", atMost.toSeconds(), place(closing));
            } else {
                LOG.info("stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    private static String place(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
