package loginstream.login;

/** The value of a record is not a JSON object in UTF-8 within the limits; the message says why. */
public final class UnparseableLoginException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnparseableLoginException(String message) {
        super(message);
    }

    public UnparseableLoginException(String message, Throwable cause) {
        super(message, cause);
    }
}
