package loginstream.login;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What kind of thing was wrong with a record: a word for headers, labels, options and people. */
public enum Failure {
    /** Not a JSON object in UTF-8 within the limits. */
    UNPARSEABLE("unparseable"),
    /** A JSON object that breaks rules. */
    INVALID("invalid"),
    /** A step threw, or the brokers refused the record. */
    PROCESSING("processing");

    private final String word;

    Failure(String word) {
        this.word = word;
    }

    /** As the header {@code loginstream-failure} has it. */
    public String word() {
        return word;
    }

    /** The one of this word; empty where it is another's. */
    public static Optional<Failure> find(String word) {
        return Arrays.stream(values())
                .filter(failure -> failure.word.equals(word))
                .findFirst();
    }

    /**
     * The one of this word.
     *
     * @throws IllegalArgumentException if it is none; the message says what there is
     */
    public static Failure of(String word) {
        return find(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no failure: one of "
                        + Arrays.stream(values()).map(Failure::word).collect(Collectors.joining(", "))));
    }

    /** The word. */
    @Override
    public String toString() {
        return word;
    }
}
