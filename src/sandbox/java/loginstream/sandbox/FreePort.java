package loginstream.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;
import loginstream.config.reading.InvalidSettingException;

/** Ports on localhost that nobody may have taken: who listens there already would be mistaken for what was to be started. */
final class FreePort {
    private FreePort() {}

    /**
     * Requires that nobody listens there.
     *
     * @throws InvalidSettingException with that message if somebody does
     */
    static void require(int port, Supplier<String> message) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("localhost", port));
        } catch (IOException e) {
            throw new InvalidSettingException(message.get());
        }
    }
}
