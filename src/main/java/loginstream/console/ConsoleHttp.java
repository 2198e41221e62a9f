package loginstream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import loginstream.console.RequestGuard.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console on Camel's HTTP server: what is answered under which path, and with which headers. {@link RequestGuard}
 * says who may ask. The page shows text that comes from records, and hostile ones are to be expected: the headers allow
 * it to run its own script files and nothing else. What holds for every answer of a server is in {@link loginstream.http.GuardedVertx}.
 */
final class ConsoleHttp {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHttp.class);
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            // Files: kept by the browser, but asked for again after an update. Answers of the API say otherwise.
            "Cache-Control",
            "no-cache");

    private final ConsoleToken token;
    private final RequestGuard guard;
    private final ConsoleApi api;
    private final WorkerExecutor workers;
    private final ObjectMapper json = new ObjectMapper();

    /** What a page has to know before it asks for anything else; the token is null where people have to know it. */
    record Session(boolean tokenRequired, String token) {}

    /**
     * @param api what it can show and do
     * @param workers do what takes time
     */
    ConsoleHttp(ConsoleSettings settings, ConsoleApi api, WorkerExecutor workers) {
        this.token = ConsoleToken.of(settings.token());
        this.guard = new RequestGuard(settings.isLoopback(), token);
        this.api = api;
        this.workers = workers;
    }

    /** Adds everything to the router of the server. */
    void mount(Router router) {
        router.route().handler(request -> {
            HEADERS.forEach(request.response().headers()::set);
            request.next();
        });

        onLoop(router.get("/api/session"), Purpose.SESSION, request -> session());
        onLoop(router.get("/api/overview"), Purpose.READ, request -> api.overview(number(request, "since")));
        onLoop(router.get("/api/route"), Purpose.READ, request -> api.route());
        onWorker(
                () -> router.get("/api/dead-letters"), Purpose.READ, request -> api.deadLetters(request.queryParams()));
        onWorker(
                () -> router.get("/api/dead-letters/:position"),
                Purpose.READ,
                request -> api.deadLetter(request.pathParam("position")));
        onLoop(router.get("/api/redrive"), Purpose.READ, request -> api.redrive());

        onWorker(() -> router.post("/api/pause"), Purpose.CHANGE, request -> api.pause());
        onWorker(() -> router.post("/api/resume"), Purpose.CHANGE, request -> api.resume());
        onWorker(() -> router.post("/api/redrive"), Purpose.CHANGE, request -> api.startRedrive(body(request)));

        file(() -> router.get("/lib/*"), PageFiles.library());
        file(() -> router.get("/*"), PageFiles.own());

        // Whoever may not even load the page is not told either what there is and what not.
        onLoop(router.route(), Purpose.PAGE, request -> new Problem(404, "there is nothing at this address"));
        router.route().failureHandler(request -> answer(request, problem(request)));
    }

    /** For what is at hand. */
    private void onLoop(Route route, Purpose purpose, Function<RoutingContext, Object> action) {
        route.handler(request -> {
            if (admitted(request, purpose)) {
                answer(request, action.apply(request));
            }
        });
    }

    /** For what asks brokers or waits for routes. A body is read only of a caller that was admitted. */
    private void onWorker(Supplier<Route> route, Purpose purpose, Function<RoutingContext, Object> action) {
        route.get().handler(request -> {
            if (admitted(request, purpose)) {
                request.next();
            }
        });
        route.get().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        route.get().handler(request -> {
            Callable<Object> work = () -> action.apply(request);
            workers.executeBlocking(work, false)
                    .onSuccess(result -> answer(request, result))
                    .onFailure(request::fail);
        });
    }

    /** Where there is no such file, the next route has its turn. */
    private void file(Supplier<Route> route, Handler<RoutingContext> files) {
        route.get().handler(request -> {
            if (admitted(request, Purpose.PAGE)) {
                request.next();
            }
        });
        route.get().handler(files);
    }

    private boolean admitted(RoutingContext request, Purpose purpose) {
        Optional<Problem> refusal = guard.refusal(purpose, caller(request.request()));
        refusal.ifPresent(problem -> answer(request, problem));
        return refusal.isEmpty();
    }

    private static Caller caller(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String host = authority == null
                ? null
                : authority.port() > 0 ? authority.host() + ":" + authority.port() : authority.host();
        return new Caller(
                host,
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Authorization"));
    }

    private Session session() {
        return token.isConfigured() ? new Session(true, null) : new Session(false, token.forPage());
    }

    private static long number(RoutingContext request, String name) {
        String text = request.queryParams().get(name);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new RefusedException(400, name + " must be a whole number");
        }
    }

    private ConsoleApi.RedriveOrder body(RoutingContext request) {
        Buffer buffer = request.body().buffer();
        try {
            ConsoleApi.RedriveOrder order = buffer == null || buffer.length() == 0
                    ? null
                    : json.readValue(buffer.getBytes(), ConsoleApi.RedriveOrder.class);
            if (order == null) {
                throw new RefusedException(400, "the request says nothing");
            }
            return order;
        } catch (JsonProcessingException e) {
            throw new RefusedException(400, "the request is not what is expected: " + oneLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem problem(RoutingContext request) {
        Throwable failure = request.failure();
        if (failure instanceof RefusedException refused) {
            return refused.problem();
        }
        if (failure == null || request.statusCode() != 500) {
            return new Problem(request.statusCode(), request.statusCode() == 413 ? "too large" : "not possible");
        }
        if (request.response().closed()) {
            LOG.debug("nobody waits for the answer any more", failure);
            return new Problem(500, "");
        }
        LOG.warn("the console could not answer {}: {}", request.normalizedPath(), failure.toString());
        return new Problem(500, oneLine(failure.getMessage()));
    }

    private static String oneLine(String message) {
        return String.valueOf(message).replaceAll("\\s+", " ");
    }

    private void answer(RoutingContext request, Object result) {
        HttpServerResponse response = request.response();
        if (response.ended()) {
            return;
        }
        if (result instanceof Problem problem) {
            response.setStatusCode(problem.status());
            if (problem.status() == 401) {
                response.putHeader("WWW-Authenticate", "Bearer");
            }
        }
        try {
            response.putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(json.writeValueAsBytes(result)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
