package loginstream.enrichment;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Looks values up in a CSV file, for beans of routes. The file is read once. */
public final class CsvLookup {
    private static final CsvMapper MAPPER = new CsvMapper();
    private static final CsvSchema WITH_HEADER = CsvSchema.emptySchema().withHeader();

    private final Map<String, Map<String, String>> rows = new HashMap<>();

    /**
     * Reads a file in UTF-8 whose first line names the columns. Of rows with the same key the last one counts.
     *
     * @param file relative to the directory in which the process runs
     * @param keyColumn what rows are found by
     * @throws IllegalArgumentException if the file cannot be read, or has no such column
     */
    public CsvLookup(String file, String keyColumn) {
        try (MappingIterator<Map<String, String>> all = MAPPER.readerForMapOf(String.class)
                .with(WITH_HEADER)
                .readValues(Files.newBufferedReader(Path.of(file)))) {
            while (all.hasNext()) {
                Map<String, String> row = all.next();
                if (!row.containsKey(keyColumn)) {
                    throw new IllegalArgumentException(file + " has no column " + keyColumn);
                }
                rows.put(row.get(keyColumn), row);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    /** The value in a column of the row with that key, or null where there is none. */
    public String find(String key, String column) {
        return rows.getOrDefault(key, Map.of()).get(column);
    }
}
