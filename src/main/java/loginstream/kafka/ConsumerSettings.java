package loginstream.kafka;

import loginstream.config.reading.SettingValues;

/**
 * How the input is consumed.
 *
 * @param group id of the consumer group
 * @param count consumer threads in this process
 * @param instanceId name for static group membership; empty for none
 * @param batchSize most records in one batch
 */
public record ConsumerSettings(String group, int count, String instanceId, int batchSize) {

    /** Reads them. */
    public static ConsumerSettings read(SettingValues values) {
        return new ConsumerSettings(
                values.nonBlank("loginstream.group"),
                values.integer("loginstream.consumers", 1, 256),
                values.text("loginstream.instance-id"),
                values.integer("loginstream.batch.size", 1, 100_000));
    }
}
