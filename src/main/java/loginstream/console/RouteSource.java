package loginstream.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import loginstream.route.FailurePolicy;
import loginstream.route.yaml.LiveReload;

/**
 * A file of the running route.
 *
 * @param name for people
 * @param text as it was written
 */
record RouteSource(String name, String text) {

    /** The running YAML files, or the Java classes where there are none. */
    static List<RouteSource> of(LiveReload reloadOrNull, Class<?> javaRoute) {
        return reloadOrNull == null
                ? Stream.of(javaRoute, FailurePolicy.class).map(RouteSource::of).toList()
                : reloadOrNull.running().entrySet().stream()
                        .map(file -> new RouteSource(file.getKey().toString(), file.getValue()))
                        .toList();
    }

    /** The build puts the sources of the routes beside their classes. */
    private static RouteSource of(Class<?> route) {
        String name = route.getSimpleName() + ".java";
        try (InputStream stream = route.getResourceAsStream(name)) {
            return new RouteSource(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
