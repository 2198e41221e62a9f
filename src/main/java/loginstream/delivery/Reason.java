package loginstream.delivery;

/** Why something failed, for one line of a log. */
final class Reason {
    private Reason() {}

    /** The innermost cause: those around it only say that something failed. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
