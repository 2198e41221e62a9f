package loginstream.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x with servers that have limits. Camel makes its servers, the one of the console and the one for management, by the
 * Vert.x that it finds in its registry, and leaves all options of Vert.x as they are.
 */
public final class GuardedVertx extends VertxWrapper {
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int LINE_BYTES = 4 * 1024;
    private static final int IDLE_SECONDS = 120;

    public GuardedVertx() {
        super((VertxInternal) Vertx.vertx());
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        return new GuardedServer(
                delegate,
                new HttpServerOptions(options)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setMaxInitialLineLength(LINE_BYTES)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setHttp2ClearTextEnabled(false)
                        .setCompressionSupported(false)
                        .setDecompressionSupported(false));
    }
}
