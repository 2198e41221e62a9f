package loginstream.storage;

import loginstream.kafka.failure.Explained;

/** A login that a store cannot keep: it becomes a dead letter of the sink. */
public final class RefusedRowException extends Exception implements Explained {
    private static final long serialVersionUID = 1;

    /**
     * @param message why, without any value of the login
     */
    public RefusedRowException(String message) {
        super(message);
    }
}
