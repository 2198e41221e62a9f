package loginstream.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.stream.Collectors;

/** What every answer tells a browser, whatever it is an answer to. Pages that need more than nothing say so themselves. */
final class SafeAnswers {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store",
            "Connection",
            "close");

    /** The whole answer to what is no request. */
    static final String BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\n"
            + HEADERS.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining())
            + "Content-Length: 0\r\n\r\n";

    private SafeAnswers() {}

    static void prepare(HttpServerResponse response) {
        HEADERS.forEach(response.headers()::set);
    }
}
