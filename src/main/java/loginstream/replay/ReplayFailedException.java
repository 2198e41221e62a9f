package loginstream.replay;

/** A replay that cannot go on. The message is one line. */
public final class ReplayFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayFailedException(String message) {
        super(message);
    }
}
