package loginstream.route.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** What the place of a file begins with, as Camel has it. */
    static final String SCHEME = "file:";

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

    private List<Resource> resources() {
        return texts.entrySet().stream()
                .map(file -> ResourceHelper.fromString(SCHEME + file.getKey(), file.getValue()))
                .toList();
    }
}
