package loginstream.console;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.charset.StandardCharsets;
import org.webjars.WebJarVersionLocator;

/**
 * The page and its parts; nothing else of the class path can be reached. The handler looks into the working directory
 * first, so the folders have names that nobody has there by chance.
 */
final class PageFiles {
    private static final String OWN = "loginstream/console/page";
    private static final String LIBRARY = "uplot";

    private PageFiles() {}

    /** The page itself, its scripts and styles. */
    static Handler<RoutingContext> own() {
        return in(OWN);
    }

    /** What draws the charts. */
    static Handler<RoutingContext> library() {
        String version = new WebJarVersionLocator().version(LIBRARY);
        return in("META-INF/resources/webjars/" + LIBRARY + "/" + version + "/dist");
    }

    private static Handler<RoutingContext> in(String folder) {
        return StaticHandler.create(folder)
                .setDefaultContentEncoding(StandardCharsets.UTF_8.name())
                .setEnableRangeSupport(false)
                .setIncludeHidden(false);
    }
}
