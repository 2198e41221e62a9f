package loginstream.login;

/**
 * Something that is to become durable before the results of the same batches do. Used by the thread that commits, and by
 * those on which the route runs; after the one call or the other it is done with.
 */
public interface Participant {

    /** Makes one. */
    @FunctionalInterface
    interface Beginning<P extends Participant> {
        P begin() throws InterruptedException;
    }

    /**
     * Makes durable what it was given.
     *
     * @throws RuntimeException if that failed or cannot be known: then the results do not commit, and all comes again
     */
    void commit() throws InterruptedException;

    /** Lets go of what it was given, which comes again. May follow on a commit that has failed. */
    void rollback();
}
