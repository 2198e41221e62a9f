package loginstream.storage.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loginstream.kafka.failure.Reason;
import loginstream.storage.StoreUnavailableException;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Types;

/** The table in its catalog, to which nothing is connected before it is first asked for. */
final class LoginTable implements AutoCloseable {
    /** Iceberg goes on for ten minutes where the catalog answers but the storage does not. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** PostgreSQL's codes for a column and a table that are there, and for two that make the same at the same time. */
    private static final Set<String> MADE_ALREADY = Set.of("42701", "42P07", "23505");

    private final IcebergSettings settings;
    private Catalog catalog;

    LoginTable(IcebergSettings settings) {
        this.settings = settings;
    }

    /**
     * The table as it is now, with all columns.
     *
     * @throws NoSuchTableException if it is not there
     * @throws StoreUnavailableException if that takes longer than ten seconds
     */
    Table load() throws InterruptedException {
        return read(() -> catalog().loadTable(settings.table()));
    }

    /** Brings it up to date, as {@link #load}. */
    void refresh(Table table) throws InterruptedException {
        read(() -> {
            table.refresh();
            return table;
        });
    }

    private Table read(Callable<Table> reading) throws InterruptedException {
        FutureTask<Table> task = new FutureTask<>(reading);
        Thread thread = new Thread(task, "table");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the table takes nothing for now: " + whyNot());
        } finally {
            task.cancel(true);
        }
    }

    /** What the storage says when it is asked once. */
    private String whyNot() {
        String warehouse = settings.catalog().get(CatalogProperties.WAREHOUSE_LOCATION);
        if (warehouse != null && warehouse.contains("://")) { // a REST catalog may have a name for it
            try (FileIO files = CatalogUtil.loadFileIO(
                    settings.catalog().get(CatalogProperties.FILE_IO_IMPL), settings.catalog(), null)) {
                files.newInputFile(warehouse + "/nothing").exists();
            } catch (RuntimeException e) {
                return "the storage: " + Reason.message(e);
            }
        }
        return "its metadata is not to be had within " + PATIENCE.toSeconds() + " s";
    }

    /** The same; it is made where it is not there, and columns are added to it that are not. */
    Table loadOrMake() throws InterruptedException {
        Table table;
        try {
            table = load();
        } catch (NoSuchTableException e) {
            table = make();
        }
        Types.StructType columns = table.schema().asStruct();
        if (LoginSchema.SCHEMA.columns().stream().anyMatch(column -> columns.field(column.name()) == null)) {
            table.updateSchema().unionByNameWith(LoginSchema.SCHEMA).commit();
        }
        return table;
    }

    private Table make() throws InterruptedException {
        try {
            if (catalog() instanceof SupportsNamespaces namespaces
                    && !namespaces.namespaceExists(settings.table().namespace())) {
                namespaces.createNamespace(settings.table().namespace());
            }
        } catch (AlreadyExistsException e) {
            // somebody else has made it meanwhile
        } catch (UncheckedSQLException e) {
            requireMade(e);
        }
        try {
            return catalog()
                    .createTable(
                            settings.table(),
                            LoginSchema.SCHEMA,
                            LoginSchema.partitions(settings.hourly()),
                            LoginSchema.PROPERTIES);
        } catch (AlreadyExistsException e) {
            return load();
        }
    }

    private synchronized Catalog catalog() {
        if (catalog == null) {
            try {
                catalog = build();
            } catch (UncheckedSQLException e) {
                requireMade(e);
                catalog = build();
            }
        }
        return catalog;
    }

    private Catalog build() {
        return CatalogUtil.buildIcebergCatalog("loginstream", settings.catalog(), new Configuration(false));
    }

    /** Throws it, unless it only failed as somebody else has made the same in the same moment, in the catalog's own tables. */
    private static void requireMade(UncheckedSQLException e) {
        if (!(e.getCause() instanceof SQLException cause) || !MADE_ALREADY.contains(cause.getSQLState())) {
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (catalog instanceof Closeable open) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing is lost with it
            }
        }
    }
}
