package loginstream.route.stage;

/** Routes that cannot be built, or do not start, or would do harm. The message is one line, and says where if that is known. */
public class UnusableRoutesException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableRoutesException(String message) {
        super(message);
    }

    public UnusableRoutesException(String message, Throwable cause) {
        super(message, cause);
    }
}
