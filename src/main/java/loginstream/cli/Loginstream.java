package loginstream.cli;

/** Command line in, application out. */
public final class Loginstream {
    private Loginstream() {}

    /** Exits with 0, 1 (failed) or 2 (usage or configuration). */
    public static void main(String[] args) {
        System.exit(LoginstreamCommand.run(args));
    }
}
