package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.LonelyPipeline;
import loginstream.fixture.RawHttp;
import loginstream.fixture.Secrets;

/** Sends requests to both servers of a pipeline, and looks at what becomes of it. */
final class RequestFuzz implements AutoCloseable {
    private static final int SILENCE_MILLIS = 60;
    private static final int NORMAL_EVERY = 100;
    private static final int MORE_THREADS = 60;
    private static final Pattern ANSWER = Pattern.compile("(?s)HTTP/1\\.[01] ([1-5][0-9]{2}) .*");

    private final CapturedOutput output = new CapturedOutput();
    private final LonelyPipeline pipeline = new LonelyPipeline();
    private final List<RawHttp> servers = pipeline.servers();
    private final int threads = Thread.activeCount();
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private int mostThreads;

    RequestFuzz() throws Exception {}

    /** Sends it to the one or the other. */
    void send(String request) throws IOException {
        int number = sent.getAndIncrement();
        String answer = exchange(servers.get(number % servers.size()), request);
        assertThat(answer).as(request).doesNotContain(Secrets.all());
        if (!answer.isEmpty()) {
            statuses.merge(answer.substring(9, 12), 1, Integer::sum);
            assertThat(answer).as(request).matches(ANSWER).contains("nosniff", "Content-Security-Policy");
            // A pipeline without brokers is not ready, and cannot read dead letters: both are told by 503.
            assertThat(answer).as(request).doesNotStartWith("HTTP/1.1 500").doesNotStartWith("HTTP/1.1 501");
        }
        if (number % NORMAL_EVERY == 0) {
            assertGoingOn();
        }
    }

    private void assertGoingOn() {
        assertThat(pipeline.console()
                        .send("GET /api/overview", "", "Host: localhost", "Authorization: Bearer " + Secrets.TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(pipeline.management()
                        .send("GET /observe/health/live", "", "Host: localhost")
                        .status())
                .isEqualTo(200);
        mostThreads = Math.max(mostThreads, Thread.activeCount());
        assertThat(mostThreads).isLessThan(threads + MORE_THREADS);
    }

    /** What comes until nothing comes for a while: a request that is not whole gets no answer. */
    private static String exchange(RawHttp server, String request) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = server.open()) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[64 * 1024];
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                received.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException | SocketException e) {
            // silence, or a connection that was closed with the request still on its way
        }
        return received.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try (output;
                pipeline) {
            assertGoingOn();
        }
        assertThat(output.err()).doesNotContain(Secrets.all()).doesNotContain("\tat ");
        System.out.printf(
                "%d requests, %d answers: %s; %d threads more at most%n",
                sent.get(),
                statuses.values().stream().mapToInt(Integer::intValue).sum(),
                statuses,
                mostThreads - threads);
    }
}
