package loginstream.generator;

import loginstream.config.reading.SettingValues;

/**
 * The sandbox: the generator and the broker it sends to.
 *
 * @param kafkaPort of the embedded broker, on localhost
 * @param rate records a second
 * @param badShare share of records that are bad, 0 to 1
 * @param stores whether the stores that the build has for the sandbox are there, too
 */
public record SandboxSettings(int kafkaPort, double rate, double badShare, boolean stores) {

    /** Reads them. */
    public static SandboxSettings read(SettingValues values) {
        return new SandboxSettings(
                values.integer("sandbox.kafka.port", 1, 65_535),
                values.number("sandbox.rate", 0.1, 100_000),
                values.number("sandbox.bad-share", 0, 1),
                values.flag("sandbox.stores"));
    }
}
