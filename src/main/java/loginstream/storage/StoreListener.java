package loginstream.storage;

import java.time.Duration;

/** Is told how a store does. Called by several threads. */
public interface StoreListener {

    /**
     * It has stored what it was given at once, or refused some of it.
     *
     * @param took how long that took, from the first login to the commit, without the pauses
     */
    void stored(Duration took);

    /** It took nothing. */
    void unavailable();
}
