package loginstream.config.reading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Typed reading of settings. A value that does not fit is noted, and the default read in its place. */
public final class SettingValues {
    private static final String DURATION_FORM = "a duration such as 200ms, 10s, 5m or 1h";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private final Map<String, String> values;
    private final Map<String, String> defaults;
    private final Problems problems;

    /**
     * @param values by their keys
     * @param defaults of all keys, each of which can be used
     * @param problems where it is told what cannot be used
     */
    public SettingValues(Map<String, String> values, Map<String, String> defaults, Problems problems) {
        this.values = values;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** Where it is told what cannot be used. */
    public Problems problems() {
        return problems;
    }

    /** Reads settings that have to fit each other; null where they do not. */
    public <T> T fitting(Supplier<T> reading) {
        return problems.fitting(reading);
    }

    /** The values of all keys that begin like this, by the rest of their keys. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** As it is, without blanks around. */
    public String text(String key) {
        return text(key, values);
    }

    private static String text(String key, Map<String, String> values) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no default for " + key + " in application.properties");
        }
        return value.strip();
    }

    /**
     * What has a form of its own.
     *
     * @param parse empty where the text does not fit
     * @param allowed for people
     */
    public <T> T parsed(String key, Function<String, Optional<T>> parse, String allowed) {
        return parse.apply(text(key)).orElseGet(() -> {
            problems.add(key, text(key), allowed);
            return parse.apply(text(key, defaults)).orElseThrow();
        });
    }

    /** A text that must not be shown, given as it is or in a file. */
    public Secret secret(String key) {
        String file = text(key + SecretFile.SUFFIX);
        if (file.isEmpty()) {
            return new Secret(text(key));
        }
        if (!text(key).isEmpty()) {
            problems.add(key + " and " + key + SecretFile.SUFFIX + " cannot both be set");
        }
        try {
            return new Secret(new SecretFile(key + SecretFile.SUFFIX, Path.of(file)).read());
        } catch (InvalidSettingException e) {
            problems.add(e.getMessage());
            return new Secret("");
        }
    }

    /** A legal topic name: letters, digits, dot, underscore, dash; not . or .. (Kafka's own rule). */
    public String topic(String key) {
        return parsed(
                key,
                value -> Optional.of(value)
                        .filter(name -> TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..")),
                "a topic name has 1 to 249 letters, digits, dots, underscores and dashes");
    }

    /** A text of which something is left without blanks. */
    public String nonBlank(String key) {
        return parsed(key, value -> Optional.of(value).filter(text -> !text.isBlank()), "it must not be blank");
    }

    /** Whether. */
    public boolean flag(String key) {
        return parsed(
                key,
                value -> switch (value) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "true or false");
    }

    /** A whole number between these, both included. */
    public int integer(String key, int least, int most) {
        return parsed(key, value -> whole(value, least, most), "a whole number from " + least + " to " + most);
    }

    private static Optional<Integer> whole(String value, int least, int most) {
        try {
            return Optional.of(Integer.valueOf(value)).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number between these, both included. */
    public double number(String key, double least, double most) {
        return parsed(key, value -> fraction(value, least, most), "a number from " + least + " to " + most);
    }

    private static Optional<Double> fraction(String value, double least, double most) {
        try {
            return Optional.of(Double.valueOf(value)).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A time with its unit. */
    public Duration duration(String key, Duration most) {
        return parsed(
                key,
                value -> time(value).filter(duration -> duration.compareTo(most) <= 0),
                DURATION_FORM + ", at most " + most.toSeconds() + "s");
    }

    /** The same, where nothing at all makes no sense. */
    public Duration duration(String key, Duration least, Duration most) {
        return parsed(
                key,
                value ->
                        time(value).filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0),
                DURATION_FORM + ", " + least.toMillis() + "ms to " + most.toSeconds() + "s");
    }

    private static Optional<Duration> time(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /** One of the words of an enum: its names in lower case, with dashes. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        return parsed(
                key,
                value -> constants.stream()
                        .filter(constant -> word(constant).equals(value))
                        .findFirst(),
                "one of " + constants.stream().map(SettingValues::word).collect(Collectors.joining(", ")));
    }

    /** What is between commas, without what is blank. */
    public static List<String> list(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
