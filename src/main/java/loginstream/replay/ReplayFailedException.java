package loginstream.replay;

/** A replay that cannot go on. The message is one line. */
public final class ReplayFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /**
     * @param passing whether it may go on later
     */
    ReplayFailedException(String message, boolean passing) {
        this(message, passing, null);
    }

    ReplayFailedException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether it may go on later. */
    public boolean isPassing() {
        return passing;
    }
}
