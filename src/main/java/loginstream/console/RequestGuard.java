package loginstream.console;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what.
 *
 * <ul>
 *   <li>A server on a loopback address answers only where the {@code Host} header names one. Otherwise a page elsewhere
 *       could let its own name point to 127.0.0.1 (DNS rebinding) and be of the same origin.
 *   <li>The API answers no page of another origin ({@code Sec-Fetch-Site}).
 *   <li>Reading needs the token where the settings hold one.
 *   <li>Changing needs the token in every case, and an {@code Origin} that is this server. Where the settings hold no
 *       token, the console's own page gets one from the session request, which other origins can neither send (see
 *       above) nor read the answer of (no CORS headers). So a page elsewhere can change nothing; a program on the same
 *       machine can. Who shares the machine with others sets a token.
 * </ul>
 */
final class RequestGuard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final ConsoleToken token;

    /** What a request is about to do. */
    enum Purpose {
        /** Load the page and its parts, in which there is nothing to hide. */
        PAGE,
        /** Learn how to authorize. */
        SESSION,
        READ,
        CHANGE
    }

    /**
     * @param loopback whether the server is bound to a loopback address
     */
    RequestGuard(boolean loopback, ConsoleToken token) {
        this.loopback = loopback;
        this.token = token;
    }

    /** Why a request is refused; empty if it is not. */
    Optional<Problem> refusal(Purpose purpose, Caller caller) {
        if (loopback && !isLoopback(caller.host())) {
            return refused(403, "this console answers to localhost only");
        }
        if (purpose == Purpose.PAGE) {
            return Optional.empty();
        }
        if (caller.fetchSite() != null && !isOwnSite(purpose, caller.fetchSite())) {
            return refused(403, "requests from other sites are refused");
        }
        if (caller.origin() != null ? !isOwnOrigin(caller) : purpose == Purpose.CHANGE) {
            return refused(403, "the Origin header must be this console's own address");
        }
        boolean tokenNeeded = purpose == Purpose.CHANGE || purpose == Purpose.READ && token.isConfigured();
        if (tokenNeeded && !token.isIn(caller.authorization())) {
            return refused(401, "a valid token is needed");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String hostOrNull) {
        if (hostOrNull == null) {
            return false;
        }
        String host = hostOrNull.toLowerCase(Locale.ROOT);
        int port = host.lastIndexOf(':');
        boolean hasPort = port > host.lastIndexOf(']');
        return LOOPBACK.contains(hasPort ? host.substring(0, port) : host);
    }

    /** Somebody who types an address of the API into the browser ({@code none}) may read, if no token is needed. */
    private static boolean isOwnSite(Purpose purpose, String fetchSite) {
        return fetchSite.equals("same-origin") || purpose == Purpose.READ && fetchSite.equals("none");
    }

    /** With https there is a proxy in front, which has to pass the Host header on. */
    private static boolean isOwnOrigin(Caller caller) {
        return caller.host() != null
                && (caller.origin().equalsIgnoreCase("http://" + caller.host())
                        || caller.origin().equalsIgnoreCase("https://" + caller.host()));
    }

    private static Optional<Problem> refused(int status, String error) {
        return Optional.of(new Problem(status, error));
    }
}
