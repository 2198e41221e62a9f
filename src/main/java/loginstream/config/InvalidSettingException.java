package loginstream.config;

/** A setting that cannot be used; the message names the key, the value and what is allowed, in one line. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }

    static InvalidSettingException of(String key, String value, String allowed) {
        return new InvalidSettingException(key + "=" + value + " cannot be used: " + allowed);
    }
}
