package loginstream.config.reading;

/** A text that never shows where it is printed. */
public record Secret(String value) {

    /** Whether there is none. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
