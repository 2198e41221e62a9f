package loginstream.storage;

import java.util.HashMap;
import java.util.Map;
import loginstream.config.reading.SettingValues;

/**
 * Whether this is a pipeline that stores: it consumes what another one has sent to the output topic.
 *
 * @param name of the sink; empty where this is no such pipeline
 */
public record SinkSettings(String name) {
    private static final String KEY = "loginstream.sink";

    /** Reads them. */
    public static SinkSettings read(SettingValues values) {
        return new SinkSettings(values.text(KEY));
    }

    /** Whether this pipeline stores. */
    public boolean isStoring() {
        return !name.isEmpty();
    }

    /** The sink; this must be a pipeline that stores. */
    public Sink sink() {
        return Sink.named(name);
    }

    /**
     * What differs from the settings of the pipeline whose output is stored: it is the input now, in a group and with dead
     * letters of its own.
     *
     * @param all the settings of that pipeline
     */
    public static Map<String, String> changes(Map<String, String> all) {
        String sink = all.get(KEY).strip();
        if (sink.isEmpty()) {
            return Map.of();
        }
        String stored = all.get("loginstream.output.topic");
        Map<String, String> changes = new HashMap<>();
        changes.put("loginstream.input.topic", stored);
        changes.put("loginstream.input.format", all.get("loginstream.output.format"));
        // What the pipeline adds may make a login longer than one may be that comes in.
        changes.put("loginstream.max-record-bytes", Integer.toString(1 << 30));
        changes.put("loginstream.output.topic", "");
        changes.put("loginstream.output.format", "json");
        changes.put("loginstream.dead-letter.topic", stored + "." + sink + ".dlq");
        changes.put("loginstream.group", all.get("loginstream.group") + "-" + sink);
        changes.put("loginstream.routes.directory", all.get("loginstream.routes.directory") + "/storage/" + sink);
        return changes;
    }
}
