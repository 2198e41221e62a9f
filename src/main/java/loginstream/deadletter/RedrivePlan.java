package loginstream.deadletter;

import java.util.List;
import java.util.Map;
import loginstream.deadletter.TopicScan.Range;
import org.apache.kafka.common.TopicPartition;

/** What a redrive would do. It reaches to the end that the dead-letter topic had when the plan was made. */
public final class RedrivePlan {
    private final RedriveRequest request;
    private final Map<TopicPartition, Range> ranges;
    private final RedriveResult expected;
    private final List<StoredDeadLetter> first;

    RedrivePlan(
            RedriveRequest request,
            Map<TopicPartition, Range> ranges,
            RedriveResult expected,
            List<StoredDeadLetter> first) {
        this.request = request;
        this.ranges = Map.copyOf(ranges);
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

    Map<TopicPartition, Range> ranges() {
        return ranges;
    }
}
