package loginstream.storage;

import loginstream.kafka.failure.Explained;

/** A store takes nothing for now, and that is not for what is stored: it is tried again until it does. */
public final class StoreUnavailableException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;

    /**
     * @param message for whoever can mend it: who does not take what, and why
     */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
