package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One test of routes: records in, and all that comes out. */
public final class TestCase {
    private final TestFile file;
    private final int index;
    private final JsonNode written;
    private final int line;

    TestCase(TestFile file, int index, JsonNode written, int line) {
        this.file = file;
        this.index = index;
        this.written = written;
        this.line = line;
    }

    public String name() {
        return written.get("name").textValue();
    }

    /** Where it stands, e.g. {@code routes/user-login.test.yaml:7}. */
    public String place() {
        return file.path() + ":" + line;
    }

    /** Which one of its file, from 0. */
    int index() {
        return index;
    }

    /** Where it belongs. */
    public TestFile file() {
        return file;
    }

    JsonNode written() {
        return written;
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        written.get("records")
                .forEach(record -> records.add(Given.record(record, topic, records.size(), file.clock())));
        return records;
    }

    @Override
    public String toString() {
        return place() + ": " + name();
    }
}
