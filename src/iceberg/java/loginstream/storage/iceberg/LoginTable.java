package loginstream.storage.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Types;

/** The table in its catalog, to which nothing is connected before it is first asked for. */
final class LoginTable implements AutoCloseable {
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");

    private final IcebergSettings settings;
    private Catalog catalog;

    LoginTable(IcebergSettings settings) {
        this.settings = settings;
    }

    /**
     * The table as it is now, with all columns.
     *
     * @throws NoSuchTableException if it is not there
     */
    Table load() {
        return catalog().loadTable(settings.table());
    }

    /** The same; it is made where it is not there, and columns are added to it that are not. */
    Table loadOrMake() {
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

    private Table make() {
        try {
            if (catalog() instanceof SupportsNamespaces namespaces
                    && !namespaces.namespaceExists(settings.table().namespace())) {
                namespaces.createNamespace(settings.table().namespace());
            }
        } catch (AlreadyExistsException e) {
            // somebody else has made it meanwhile
        }
        try {
            return catalog()
                    .createTable(
                            settings.table(),
                            LoginSchema.SCHEMA,
                            LoginSchema.partitions(settings.hourly()),
                            PROPERTIES);
        } catch (AlreadyExistsException e) {
            return load();
        }
    }

    private synchronized Catalog catalog() {
        if (catalog == null) {
            catalog = CatalogUtil.buildIcebergCatalog("loginstream", settings.catalog(), new Configuration(false));
        }
        return catalog;
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
