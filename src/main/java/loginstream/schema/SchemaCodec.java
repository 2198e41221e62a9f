package loginstream.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads and writes values of one schema, without the id in front of them. Used by several threads. */
interface SchemaCodec {
    /**
     * A value as a JSON object in UTF-8.
     *
     * @param record the value begins at that place of it, and ends with it
     * @throws IOException if it is none of the schema
     * @throws RuntimeException the same
     */
    byte[] toJson(byte[] record, int begin) throws IOException;

    /**
     * Writes a JSON object as a value.
     *
     * @throws SchemaMismatchException if it does not fit the schema
     */
    void write(byte[] json, ByteArrayOutputStream value) throws IOException, SchemaMismatchException;
}
