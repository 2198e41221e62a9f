package loginstream.storage.iceberg;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loginstream.kafka.failure.Reason;
import loginstream.storage.Gathering;
import loginstream.storage.LoginStore;
import loginstream.storage.StoreTransaction;
import loginstream.storage.StoreUnavailableException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.RESTException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins as rows of an Iceberg table. What a consumer commits at once is one snapshot, which also tells how far each
 * partition of Kafka is stored; rows and positions become visible in the same moment, or never. What comes again is recognized
 * by these positions, and only what is missing of it is stored. Of several that store at once each makes its own snapshot:
 * where another one has been quicker with the same partitions, all comes again.
 */
final class IcebergStore implements LoginStore {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergStore.class);
    private static final int CARE_MINUTES = 10;

    private final IcebergSettings settings;
    private final LoginTable catalog;
    private ScheduledExecutorService care;

    IcebergStore(IcebergSettings settings) {
        this.settings = settings;
        this.catalog = new LoginTable(settings);
    }

    @Override
    public Gathering gathering() {
        return settings.gathering();
    }

    @Override
    public synchronized void lookAfter() {
        care = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "snapshots");
            thread.setDaemon(true);
            return thread;
        });
        care.scheduleWithFixedDelay(this::takeCare, CARE_MINUTES, CARE_MINUTES, TimeUnit.MINUTES);
    }

    private void takeCare() {
        try {
            new TableCare(catalog.load()).expireSnapshots(settings.history());
        } catch (NoSuchTableException e) {
            LOG.debug("there is no table yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the sink closes
        } catch (RuntimeException e) {
            LOG.warn("old snapshots are not removed for now: {}", Reason.message(e));
        }
    }

    @Override
    public List<String> maintain() throws InterruptedException {
        try {
            TableCare tableCare = new TableCare(catalog.load());
            return List.of(
                    tableCare.joinSmallFiles(),
                    tableCare.expireSnapshots(settings.history()),
                    tableCare.removeOrphans());
        } catch (NoSuchTableException e) {
            return List.of("there is no table yet");
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    @Override
    public StoreTransaction begin() throws InterruptedException {
        try {
            return new Append(catalog, catalog.loadOrMake());
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void requireAvailable() throws InterruptedException {
        try {
            catalog.load();
        } catch (NoSuchTableException e) {
            return; // it is made with the first login
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    static StoreUnavailableException unavailable(RuntimeException e) {
        return e instanceof StoreUnavailableException known
                ? known
                : new StoreUnavailableException("the table takes nothing for now: " + whose(e) + Reason.message(e));
    }

    /** Which of its two servers it is, where that can be told. */
    private static String whose(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException || cause instanceof RESTException) {
                return "the catalog: ";
            }
            if (cause.getClass().getName().startsWith("software.amazon.awssdk.")) {
                return "the storage: ";
            }
        }
        return "";
    }

    @Override
    public synchronized void close() {
        if (care != null) {
            care.shutdownNow();
        }
        catalog.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
