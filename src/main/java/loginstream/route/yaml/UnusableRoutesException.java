package loginstream.route.yaml;

/** Routes that cannot be built, or do not start. The message is one line, and says where in the files if that is known. */
final class UnusableRoutesException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRoutesException(String message) {
        super(message);
    }

    UnusableRoutesException(String message, Exception cause) {
        super(message, cause);
    }
}
