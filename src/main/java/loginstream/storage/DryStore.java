package loginstream.storage;

import java.util.List;
import java.util.function.BiConsumer;
import loginstream.login.Login;

/** Keeps nothing, and refuses what no table holds: for routes that are only tried out. */
public final class DryStore implements LoginStore {
    @Override
    public StoreTransaction begin() {
        return DryStore::store;
    }

    private static void store(List<Login> logins, BiConsumer<Login, Exception> refused) {
        for (Login login : logins) {
            try {
                StoredLogin.of(login);
            } catch (RefusedRowException e) {
                refused.accept(login, e);
            }
        }
    }

    @Override
    public void lookAfter() {}

    @Override
    public void requireAvailable() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "nowhere";
    }
}
