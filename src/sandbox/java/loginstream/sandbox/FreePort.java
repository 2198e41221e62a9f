package loginstream.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import loginstream.config.reading.InvalidSettingException;

/** Ports on localhost that nobody has taken. */
public final class FreePort {
    /** Above those of known services, and below those that systems give to whoever asks for any, and to every connection. */
    private static final int FIRST = 10_000;

    private static final int LAST = 32_767;

    private FreePort() {}

    /** One of many, so that others do not take it before it is listened at. */
    public static int any() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
        } while (!isFree(port));
        return port;
    }

    /**
     * Requires that nobody listens there, who would be mistaken for what was to be started.
     *
     * @throws InvalidSettingException with that message if somebody does
     */
    static void require(int port, Supplier<String> message) {
        if (!isFree(port)) {
            throw new InvalidSettingException(message.get());
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("localhost", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
