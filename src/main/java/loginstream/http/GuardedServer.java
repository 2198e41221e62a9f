package loginstream.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.VertxInternal;

/**
 * A server that lets no client keep it: so many connections at once and no more, one request for each of them, which has to
 * be there within some seconds, and has a length that can be read in one way only.
 *
 * <p>With one request for each connection, what follows the request is never taken for another one, however its length may
 * be disguised.
 */
final class GuardedServer extends HttpServerImpl {
    /** Camel's health page shows stack traces to whoever asks for them. */
    private static final String STACK_TRACES = "stackTrace";

    private final Visits visits;

    GuardedServer(VertxInternal vertx, HttpServerOptions options) {
        super(vertx, options);
        this.visits = new Visits(vertx);
        connectionHandler(this::opened);
        invalidRequestHandler(request -> {
            SafeAnswers.prepare(request.response());
            HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
        });
    }

    private void opened(HttpConnection connection) {
        HeadCheck.watch(connection);
        visits.opened(connection);
    }

    @Override
    public synchronized HttpServer requestHandler(Handler<HttpServerRequest> handler) {
        return super.requestHandler(request -> {
            if (!visits.asks(request)) {
                request.connection().close();
                return;
            }
            SafeAnswers.prepare(request.response());
            request.params().remove(STACK_TRACES);
            handler.handle(request);
        });
    }
}
