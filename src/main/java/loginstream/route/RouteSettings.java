package loginstream.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import loginstream.config.reading.SettingValues;

/**
 * Which form of the route runs.
 *
 * @param directory where {@code *.camel.yaml} files are
 * @param allowed what routes may use, by its name in Camel; empty for everything there is
 */
public record RouteSettings(Form form, Path directory, List<String> allowed) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");

    /** Java DSL, or YAML with live reload. */
    public enum Form {
        JAVA,
        YAML
    }

    /** Reads them. */
    public static RouteSettings read(SettingValues values) {
        return new RouteSettings(
                values.oneOf("loginstream.routes", Form.class),
                Path.of(values.nonBlank("loginstream.routes.directory")),
                values.parsed(
                        "loginstream.routes.allowed",
                        RouteSettings::names,
                        "names of Camel's components, languages and data formats, and class, separated by commas"));
    }

    private static Optional<List<String>> names(String list) {
        return Optional.of(SettingValues.list(list)).filter(names -> names.stream()
                .allMatch(name -> NAME.matcher(name).matches()));
    }
}
