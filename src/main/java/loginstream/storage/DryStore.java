package loginstream.storage;

import java.util.List;
import java.util.function.BiConsumer;

/** Keeps nothing: for routes that are only tried out. */
public final class DryStore implements LoginStore {
    @Override
    public void store(List<StoredLogin> logins, BiConsumer<StoredLogin, Exception> refused) {}

    @Override
    public void begin() {}

    @Override
    public void requireAvailable() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "nowhere";
    }
}
