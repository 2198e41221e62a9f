package loginstream.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of a server. Where there are too many, the one that has waited longest without asking anything gives way
 * to the new one, so that a crowd of them keeps nobody out who asks at once.
 */
final class Visits {
    static final int MOST = 128;
    static final long REQUEST_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Vertx vertx;
    private final Map<HttpConnection, Visit> open = new LinkedHashMap<>();

    Visits(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A connection and what has become of it. */
    private static final class Visit {
        private final long timer;
        private HttpServerRequest request;

        Visit(long timer) {
            this.timer = timer;
        }

        /** Whether the answer is still to come, and nothing else. */
        boolean isServed() {
            return request != null && request.isEnded() && !request.response().ended();
        }
    }

    synchronized void opened(HttpConnection connection) {
        if (open.size() >= MOST && !makeRoom()) {
            connection.close();
            return;
        }
        open.put(connection, new Visit(vertx.setTimer(REQUEST_MILLIS, timer -> timeIsUp(connection))));
        connection.closeHandler(closed -> closed(connection));
    }

    private boolean makeRoom() {
        Iterator<Map.Entry<HttpConnection, Visit>> oldestFirst = open.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<HttpConnection, Visit> visit = oldestFirst.next();
            if (!visit.getValue().isServed()) {
                oldestFirst.remove();
                vertx.cancelTimer(visit.getValue().timer);
                visit.getKey().close();
                return true;
            }
        }
        return false;
    }

    /** Whether this is the only request of its connection. */
    synchronized boolean asks(HttpServerRequest request) {
        Visit visit = open.get(request.connection());
        if (visit == null || visit.request != null) {
            return false;
        }
        visit.request = request;
        request.response().bodyEndHandler(answered -> leave(request));
        return true;
    }

    /** Where more of the request is still to come, a close at once might take the answer along. */
    private static void leave(HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.endHandler(read -> request.connection().close()).resume();
        }
    }

    private synchronized void timeIsUp(HttpConnection connection) {
        Visit visit = open.get(connection);
        if (visit != null && !visit.isServed()) {
            connection.close();
        }
    }

    private synchronized void closed(HttpConnection connection) {
        Visit visit = open.remove(connection);
        if (visit != null) {
            vertx.cancelTimer(visit.timer);
        }
    }
}
