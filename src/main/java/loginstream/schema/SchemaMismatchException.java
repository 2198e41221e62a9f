package loginstream.schema;

/** A login does not fit the schema of the topic that it is to be sent to. */
public final class SchemaMismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param field that does not fit
     * @param reason e.g. "missing"
     */
    SchemaMismatchException(String field, String reason) {
        super(field + ": " + reason);
    }
}
