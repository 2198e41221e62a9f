package loginstream.cli;

import java.io.PrintWriter;

/** What checks have found: one line for each, and the exit code that follows. */
final class CheckReport {
    static final int FAILED = 1;
    static final int MISCONFIGURED = 2;

    private final PrintWriter out;
    private int exitCode;

    CheckReport(PrintWriter out) {
        this.out = out;
    }

    void ok(String what, String message) {
        line("ok    ", what, message);
    }

    /** For what could not be found out. */
    void warn(String what, String message) {
        line("WARN  ", what, message);
    }

    void failed(String what, String message) {
        failed(what, message, FAILED);
    }

    void misconfigured(String what, String message) {
        failed(what, message, MISCONFIGURED);
    }

    private void failed(String what, String message, int code) {
        exitCode = Math.max(exitCode, code);
        line("FAILED", what, message);
    }

    int exitCode() {
        return exitCode;
    }

    private void line(String result, String what, String message) {
        out.printf("%s  %-13s  %s%n", result, what, message.replaceAll("\\s+", " "));
        out.flush();
    }
}
