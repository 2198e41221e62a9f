package loginstream.kafka.failure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Tells of what goes on and on: at once where it is news, then not again for half a minute. For any number of threads. */
public final class ThrottledLog {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int REMEMBERED = 16;

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<String, Long> told = new LinkedHashMap<>();

    public ThrottledLog(Logger log) {
        this(log, System::nanoTime);
    }

    ThrottledLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /**
     * Tells it, unless it was told lately.
     *
     * @param what by which it is known again
     * @param line for people; what else is in it may differ from time to time
     */
    public synchronized void warn(String what, String line) {
        if (isNews(what)) {
            log.warn(line);
        }
    }

    /** Tells of a mistake in this program, with its trace, unless it was told lately. */
    public synchronized void error(String line, Throwable mistake) {
        if (isNews(line)) {
            log.error(line, mistake);
        }
    }

    private boolean isNews(String what) {
        long now = nanoTime.getAsLong();
        Long before = told.get(what);
        if (before != null && now - before < SILENCE.toNanos()) {
            return false;
        }
        told.remove(what);
        if (told.size() == REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
        told.put(what, now);
        return true;
    }

    /** It is over, whatever it was: tells that, where something was told. */
    public synchronized void over(String line) {
        if (!told.isEmpty()) {
            told.clear();
            log.info(line);
        }
    }
}
