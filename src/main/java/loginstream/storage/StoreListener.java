package loginstream.storage;

import java.time.Duration;

/** Is told how a store does. Called by consumer threads. */
public interface StoreListener {

    /** It has stored what it was given, or refused some of it. */
    void stored(Duration took);

    /** It took nothing. */
    void unavailable();
}
