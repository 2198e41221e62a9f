package loginstream.route.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import loginstream.route.stage.FailureReport;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The files of the routes, as they were at one moment.
 *
 * @param texts of each file, in the order in which they are loaded
 */
public record RouteFiles(Map<Path, String> texts) {
    private static final Pattern REHEARSAL_OFF =
            Pattern.compile("^\\s*#\\s*loginstream\\.rehearsal:\\s*off\\s*$", Pattern.MULTILINE);

    /** Adds the routes to a context that has none yet. */
    public RoutesBuilder builder() {
        return new RoutesBuilder() {
            @Override
            public void addRoutesToCamelContext(CamelContext context) throws Exception {
                PluginHelper.getRoutesLoader(context).loadRoutes(resources());
            }

            @Override
            public void addTemplatedRoutesToCamelContext(CamelContext context) {}

            @Override
            public Set<String> updateRoutesToCamelContext(CamelContext context) throws Exception {
                return PluginHelper.getRoutesLoader(context).updateRoutes(resources());
            }
        };
    }

    /**
     * Whether a file says that it is not to be rehearsed, and did not before: that counts for the save that brings it.
     *
     * @param before the files as they were
     */
    boolean bringsRehearsalOff(RouteFiles before) {
        return texts.entrySet().stream()
                .anyMatch(file -> isRehearsalOff(file.getValue())
                        && !isRehearsalOff(before.texts().getOrDefault(file.getKey(), "")));
    }

    /** Whether a file says that it is not to be rehearsed. */
    boolean sayRehearsalOff() {
        return texts.values().stream().anyMatch(RouteFiles::isRehearsalOff);
    }

    private static boolean isRehearsalOff(String text) {
        return REHEARSAL_OFF.matcher(text).find();
    }

    private List<Resource> resources() {
        return texts.entrySet().stream()
                .map(file -> resource(FailureReport.SCHEME + file.getKey(), file.getValue()))
                .toList();
    }

    private static Resource resource(String location, String text) {
        if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
            throw new IllegalArgumentException(location + ": it is empty");
        }
        return ResourceHelper.fromString(location, text);
    }
}
