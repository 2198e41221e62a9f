package loginstream.route.cases;

/**
 * Something that is not as a test expects it.
 *
 * @param where e.g. {@code processed-data, record 2, json.locale}
 * @param expected in one line
 * @param actual in one line
 */
public record Difference(String where, String expected, String actual) {}
