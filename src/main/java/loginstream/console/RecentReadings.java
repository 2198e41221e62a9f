package loginstream.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The readings of the last minutes, of which the oldest gives way to each new one. Any thread may use it. */
final class RecentReadings {
    private final int capacity;
    private final Deque<Reading> readings = new ArrayDeque<>();

    /**
     * @param capacity how many are kept
     */
    RecentReadings(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Reading reading) {
        if (readings.size() == capacity) {
            readings.removeFirst();
        }
        readings.addLast(reading);
    }

    /** The oldest one that is kept, or this one if there is none. */
    synchronized Reading oldestOr(Reading other) {
        return readings.isEmpty() ? other : readings.getFirst();
    }

    /** The newest one that is at least so old, else the oldest there is, else this one. */
    synchronized Reading before(Reading now, long millis) {
        Iterator<Reading> newestFirst = readings.descendingIterator();
        while (newestFirst.hasNext()) {
            Reading reading = newestFirst.next();
            if (now.at() - reading.at() >= millis) {
                return reading;
            }
        }
        return oldestOr(now);
    }

    /** All that were made after a time, and the one before them, to which they compare; the oldest first. */
    synchronized List<Reading> since(long at) {
        List<Reading> found = new ArrayList<>();
        Reading before = null;
        for (Reading reading : readings) {
            if (reading.at() > at) {
                found.add(reading);
            } else {
                before = reading;
            }
        }
        if (before != null) {
            found.add(0, before);
        }
        return found;
    }
}
