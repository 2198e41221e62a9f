package loginstream.route.yaml;

/** Why routes cannot be used, in one line. */
final class Reason {
    private Reason() {}

    /** The innermost reason, without line breaks. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }
}
