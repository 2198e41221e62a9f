package loginstream.route;

import java.nio.file.Path;
import loginstream.config.reading.SettingValues;

/**
 * Which form of the route runs.
 *
 * @param directory where {@code *.camel.yaml} files are
 */
public record RouteSettings(Form form, Path directory) {
    /** Java DSL, or YAML with live reload. */
    public enum Form {
        JAVA,
        YAML
    }

    /** Reads them. */
    public static RouteSettings read(SettingValues values) {
        return new RouteSettings(
                values.oneOf("loginstream.routes", Form.class),
                Path.of(values.nonBlank("loginstream.routes.directory")));
    }
}
