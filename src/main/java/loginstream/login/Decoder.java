package loginstream.login;

/** Turns the value of a record into JSON. */
public interface Decoder {
    /** For values that are JSON already. */
    Decoder JSON = value -> value;

    /**
     * The value as JSON.
     *
     * @throws UnparseableLoginException if it is not what the topic should hold
     */
    byte[] toJson(byte[] value) throws UnparseableLoginException;
}
