package loginstream.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Typed reading of settings; a value that does not fit is an {@link InvalidSettingException}. */
final class SettingValues {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private final Map<String, String> values;

    SettingValues(Map<String, String> values) {
        this.values = values;
    }

    String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no default for " + key + " in application.properties");
        }
        return value.strip();
    }

    Secret secret(String key) {
        return new Secret(text(key));
    }

    /** A legal topic name: letters, digits, dot, underscore, dash; not . or .. (Kafka's own rule). */
    String topic(String key) {
        String value = text(key);
        if (!TOPIC.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw InvalidSettingException.of(
                    key, value, "a topic name has 1 to 249 letters, digits, dots, underscores and dashes");
        }
        return value;
    }

    String nonBlank(String key) {
        String value = text(key);
        if (value.isBlank()) {
            throw InvalidSettingException.of(key, value, "it must not be blank");
        }
        return value;
    }

    boolean flag(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidSettingException.of(key, text(key), "true or false");
        };
    }

    int integer(String key, int least, int most) {
        String value = text(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw InvalidSettingException.of(key, value, "a whole number from " + least + " to " + most);
    }

    double number(String key, double least, double most) {
        String value = text(key);
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw InvalidSettingException.of(key, value, "a number from " + least + " to " + most);
    }

    Duration duration(String key, Duration most) {
        String value = text(key);
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    };
            if (duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        throw InvalidSettingException.of(
                key, value, "a duration such as 200ms, 10s, 5m or 1h, at most " + most.toSeconds() + "s");
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        String value = text(key);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(value)) {
                return constant;
            }
        }
        throw InvalidSettingException.of(
                key,
                value,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(SettingValues::word)
                                .collect(Collectors.joining(", ")));
    }

    List<String> list(String key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
