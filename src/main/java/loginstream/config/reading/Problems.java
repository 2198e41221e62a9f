package loginstream.config.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gathers what is wrong with the settings, so that all of it is told at once. */
public final class Problems {
    private final List<String> lines = new ArrayList<>();

    /** A line that says it all. */
    public void add(String line) {
        lines.add(line);
    }

    /** A value that cannot be used. */
    public void add(String key, String value, String allowed) {
        add(key + "=" + value + " cannot be used: " + allowed);
    }

    /**
     * Reads settings that belong together, and have to fit each other.
     *
     * @param reading throws an {@link InvalidSettingException} where they do not fit; that counts only if each of them
     *     can be used, else it is about defaults that nobody has set
     * @return null if they do not fit
     */
    public <T> T fitting(Supplier<T> reading) {
        int before = lines.size();
        try {
            return reading.get();
        } catch (InvalidSettingException e) {
            if (lines.size() == before) {
                lines.addAll(e.problems());
            }
            return null;
        }
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidSettingException if there are any
     */
    public void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new InvalidSettingException(lines);
        }
    }
}
