package loginstream.route.trial;

import loginstream.config.reading.SettingValues;

/**
 * Whether and with what edits are rehearsed.
 *
 * @param records how many of the latest records are kept for it; 0 means that edits are not rehearsed
 */
public record RehearsalSettings(int records) {
    private static final int MOST = 10_000;
    private static final long BYTES = 4L << 20;

    /** Reads them. */
    public static RehearsalSettings read(SettingValues values) {
        boolean enabled = values.flag("loginstream.rehearsal.enabled");
        int records = values.integer("loginstream.rehearsal.records", 1, MOST);
        return new RehearsalSettings(enabled ? records : 0);
    }

    /** Whether edits are rehearsed. */
    public boolean enabled() {
        return records > 0;
    }

    /** Where the records are kept. */
    public RecentRecords recentRecords() {
        return new RecentRecords(records, BYTES);
    }
}
