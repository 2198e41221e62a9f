package loginstream.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import loginstream.login.BatchStep;
import loginstream.login.EachLogin;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.camel.Exchange;

/** The step of a route that stores logins: a whole batch at once, or the one that the exchange is about. */
public final class StoreStep implements BatchStep {
    /** A store that is away lets each who asks wait: so the other logins of a batch do not ask. */
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LoginStore store;
    private final StoreListener listener;
    private final EachLogin single = new EachLogin(this::store);
    private StoreUnavailableException away;
    private long awaySince;

    public StoreStep(LoginStore store, StoreListener listener) {
        this.store = store;
        this.listener = listener;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            List<Login> logins = new ArrayList<>(batch.size());
            batch.forEachRead(logins::add);
            if (!logins.isEmpty()) {
                beginFor(batch, logins.get(0));
            }
            store(logins, batch::fail);
        } else {
            single.process(exchange);
        }
    }

    /** What that takes says nothing of how many logins a batch may hold. */
    private void beginFor(LoginBatch batch, Login any) throws InterruptedException {
        long begin = System.nanoTime();
        any.enlist(StoreTransaction.class, this::begin);
        batch.noteWait(System.nanoTime() - begin);
    }

    private void store(Login login) throws Exception {
        List<Exception> failures = new ArrayList<>();
        try {
            requireNotAway();
            store(List.of(login), (refused, why) -> failures.add(why));
            login.noteUnserved(null);
        } catch (StoreUnavailableException e) {
            noteAway(e);
            login.noteUnserved(e);
            throw e;
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private synchronized void requireNotAway() {
        if (away != null && System.nanoTime() - awaySince < AWAY_NANOS) {
            throw away;
        }
    }

    private synchronized void noteAway(StoreUnavailableException reason) {
        if (reason != away) {
            away = reason;
            awaySince = System.nanoTime();
        }
    }

    private void store(List<Login> logins, BiConsumer<Login, Exception> failed) throws InterruptedException {
        if (logins.isEmpty()) {
            return;
        }
        Set<Login> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        BiConsumer<Login, Exception> told = (login, why) -> {
            refused.add(login);
            failed.accept(login, why);
        };
        Optional<StoreTransaction> common = logins.get(0).enlist(StoreTransaction.class, this::begin);
        if (common.isPresent()) {
            common.get().store(logins, told);
        } else {
            storeAtOnce(logins, told);
        }
        for (Login login : logins) {
            if (refused.isEmpty() || !refused.contains(login)) { // nearly always empty, and identities cost
                login.noteSent(true);
            }
        }
    }

    private StoreTransaction begin() throws InterruptedException {
        try {
            return new TimedTransaction(
                    store.begin(), listener, store.gathering().isAny());
        } catch (StoreUnavailableException e) {
            listener.unavailable();
            throw e;
        }
    }

    private void storeAtOnce(List<Login> logins, BiConsumer<Login, Exception> refused) throws InterruptedException {
        StoreTransaction own = begin();
        try {
            own.store(logins, refused);
            own.commit();
        } catch (RuntimeException | InterruptedException e) {
            own.rollback();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "store: " + store;
    }
}
