package loginstream.deadletter.redrive;

import java.util.List;
import loginstream.deadletter.store.DeadLetterScan;
import loginstream.deadletter.store.StoredDeadLetter;

/** What a redrive would do. It reaches to the end that the dead-letter topic had when the plan was made. */
public final class RedrivePlan {
    private final RedriveRequest request;
    private final DeadLetterScan scan;
    private final RedriveResult expected;
    private final List<StoredDeadLetter> first;

    RedrivePlan(RedriveRequest request, DeadLetterScan scan, RedriveResult expected, List<StoredDeadLetter> first) {
        this.request = request;
        this.scan = scan;
        this.expected = expected;
        this.first = List.copyOf(first);
    }

    public RedriveRequest request() {
        return request;
    }

    /** What will come of it, unless somebody else redrives meanwhile or the brokers refuse a record. */
    public RedriveResult expected() {
        return expected;
    }

    /** The first few that would be sent, without their values. */
    public List<StoredDeadLetter> first() {
        return first;
    }

    DeadLetterScan scan() {
        return scan;
    }
}
