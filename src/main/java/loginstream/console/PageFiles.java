package loginstream.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.webjars.WebJarVersionLocator;

/** The page and its parts, by path; nothing else of the class path can be reached. Read when first asked for. */
final class PageFiles {
    private static final String FOLDER = "console/";

    private final Map<String, String> resources = new HashMap<>();
    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    /**
     * A file as it is sent.
     *
     * @param type for the {@code Content-Type} header
     */
    record PageFile(String type, byte[] content) {}

    PageFiles() {
        own("/", "index.html");
        for (String name : new String[] {
            "console.css",
            "favicon.svg",
            "app.js",
            "api.js",
            "breakdown.js",
            "charts.js",
            "dead-letters.js",
            "format.js",
            "overview.js",
            "route.js",
            "theme.js"
        }) {
            own("/" + name, name);
        }
        resources.put("/lib/uPlot.js", "webjar:dist/uPlot.esm.js");
        resources.put("/lib/uPlot.css", "webjar:dist/uPlot.min.css");
    }

    private void own(String path, String name) {
        resources.put(path, FOLDER + name);
    }

    /** The paths that there are. */
    Iterable<String> paths() {
        return resources.keySet();
    }

    /** The file at a path. */
    Optional<PageFile> find(String path) {
        String resource = resources.get(path);
        return Optional.ofNullable(resource).map(name -> read.computeIfAbsent(name, PageFiles::read));
    }

    private static PageFile read(String resource) {
        String name = resource.startsWith("webjar:")
                ? new WebJarVersionLocator().fullPath("uplot", resource.substring("webjar:".length()))
                : resource;
        try (InputStream stream = PageFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new PageFile(type(name), stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException(name);
        };
    }
}
