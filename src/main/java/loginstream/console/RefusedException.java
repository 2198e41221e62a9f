package loginstream.console;

/** A request that cannot be done; the caller is told why. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String error) {
        super(error);
        this.status = status;
    }

    Problem problem() {
        return new Problem(status, getMessage());
    }
}
