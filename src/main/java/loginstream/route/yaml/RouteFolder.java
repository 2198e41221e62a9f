package loginstream.route.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import loginstream.config.reading.InvalidSettingException;
import loginstream.route.stage.FailureReport;

/** Where the {@code *.camel.yaml} files are. */
final class RouteFolder {
    private static final String SUFFIX = ".camel.yaml";
    private static final int QUIET_MILLIS = 200;

    private final Path directory;

    RouteFolder(Path directory) {
        this.directory = directory;
    }

    /** Hidden ones are an editor's. */
    private static boolean isRouteFile(String name) {
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    /**
     * The files now.
     *
     * @throws InvalidSettingException if there are none, or they cannot be read
     */
    RouteFiles read() {
        SortedMap<Path, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isRouteFile(file.getFileName().toString())) {
                    texts.put(file, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "loginstream.routes.directory=" + directory + " cannot be read: " + FailureReport.reason(e));
        }
        if (texts.isEmpty()) {
            throw new InvalidSettingException(
                    "loginstream.routes.directory=" + directory + " cannot be used: it holds no *" + SUFFIX);
        }
        return new RouteFiles(Collections.unmodifiableSortedMap(texts));
    }

    /**
     * The files, once they have not changed for a moment: an editor may empty a file before it fills it.
     *
     * @throws InvalidSettingException if there are none, or they cannot be read
     */
    RouteFiles readWhenQuiet() throws InterruptedException {
        RouteFiles files = read();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            RouteFiles again = read();
            if (again.equals(files)) {
                return again;
            }
            files = again;
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
