package loginstream.storage;

import java.time.Duration;

/** Is told how a store does. Called by several threads. */
public interface StoreListener {

    /**
     * A transaction has committed.
     *
     * @param took how long all of it took, from the first login to the commit, without the pauses
     */
    void stored(Duration took);

    /** It took nothing. */
    void unavailable();
}
