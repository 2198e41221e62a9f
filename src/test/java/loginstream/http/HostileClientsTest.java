package loginstream.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import loginstream.fixture.LonelyPipeline;
import loginstream.fixture.RawHttp;
import loginstream.fixture.RawHttp.Answer;
import loginstream.fixture.Secrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both servers of a pipeline do about clients that mean no good. Each test is done to either. */
class HostileClientsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    private static final String AUTHORIZATION = "Authorization: Bearer " + Secrets.TOKEN;

    private static LonelyPipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        pipeline = new LonelyPipeline();
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /none",
                "GET /api/overview",
                "POST /api/pause",
                "POST /observe/health",
                "GET /observe/health",
                "GET /observe/metrics",
                "DELETE /",
                "GET /%00",
                "GET /a/../../b"
            })
    void everyAnswerIsSafeToShow(String request) {
        for (RawHttp server : pipeline.servers()) {
            // When
            Answer answer = server.send(request, "", "Host: localhost");

            // Then
            assertSafe(answer);
        }
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                argumentSet(
                        "a length and chunks",
                        GET + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /"),
                argumentSet(
                        "chunks and a length",
                        GET + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n"),
                argumentSet("two lengths", GET + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
                argumentSet("the same length twice", GET + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
                argumentSet("a list of lengths", GET + "Content-Length: 3, 3\r\n\r\nabc"),
                argumentSet("a length with a sign", GET + "Content-Length: +3\r\n\r\nabc"),
                argumentSet("a negative length", GET + "Content-Length: -3\r\n\r\nabc"),
                argumentSet("a length that is none", GET + "Content-Length: 0x3\r\n\r\nabc"),
                argumentSet("a length too large", GET + "Content-Length: 99999999999999999999\r\n\r\nabc"),
                argumentSet("a blank before the colon", GET + "Content-Length : 3\r\n\r\nabc"),
                argumentSet("a chunk whose size is none", GET + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
                argumentSet("a negative chunk", GET + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"),
                argumentSet("a huge chunk", GET + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n\r\n"),
                argumentSet("chunks by another name", GET + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                argumentSet("chunks on the next line", GET + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
                argumentSet("a header that goes on", GET + "A: b\r\n c\r\n\r\n"),
                argumentSet("a header that goes on, first", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n"),
                argumentSet("line feeds only", "GET / HTTP/1.1\nHost: localhost\n\n"),
                argumentSet("one line feed only", "GET / HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n"),
                argumentSet("a carriage return only", "GET / HTTP/1.1\r\nHost: localhost\rA: b\r\n\r\n"),
                argumentSet("no name", GET + ": b\r\n\r\n"),
                argumentSet("no colon", GET + "a\r\n\r\n"),
                argumentSet("a zero byte", GET + "A: \u0000\r\n\r\n"),
                argumentSet("no host", "GET / HTTP/1.1\r\n\r\n"),
                argumentSet("a host that is none", "GET / HTTP/1.1\r\nHost: a b:c:d\r\n\r\n"),
                argumentSet("two hosts", GET + "Host: elsewhere\r\n\r\n"),
                argumentSet("another version", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"),
                argumentSet("two blanks", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                argumentSet("no path", "GET x HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                argumentSet("a percent sign alone", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                argumentSet("noise", "\u0001\u0002\u0003\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void whatCanBeReadInTwoWaysIsReadInNone(String request) {
        for (RawHttp server : pipeline.servers()) {
            // When
            String received = server.exchange(request);

            // Then it has been closed, or there would be no end
            assertThat(received).containsOnlyOnce("HTTP/1.");
            assertThat(RawHttp.answer(received).status()).isEqualTo(400);
            assertSafe(RawHttp.answer(received));
        }
    }

    @Test
    void anOldProbeWithoutAHostIsAnswered() {
        // When
        String live = pipeline.management().exchange("GET /observe/health/live HTTP/1.0\r\n\r\n");

        // Then
        assertThat(RawHttp.answer(live).status()).isEqualTo(200);
    }

    @Test
    void aConnectionIsForOneRequest() {
        for (RawHttp server : pipeline.servers()) {
            // When
            String received = server.exchange(GET + "\r\n" + GET + "\r\n");

            // Then
            assertThat(received).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    static Stream<Arguments> tooLong() {
        return Stream.of(
                argumentSet("a header", 431, GET + "A: " + "b".repeat(10_000) + "\r\n\r\n"),
                argumentSet("many headers", 431, GET + "A: b\r\n".repeat(3_000) + "\r\n"),
                argumentSet("a header without an end", 431, GET + "A: " + "b".repeat(100_000)),
                argumentSet("an address", 414, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void whatIsTooLongIsNotRead(int status, String request) {
        for (RawHttp server : pipeline.servers()) {
            // When
            Answer answer = RawHttp.answer(server.exchange(request));

            // Then
            assertThat(answer.status()).isEqualTo(status);
            assertSafe(answer);
        }
    }

    @Test
    void aBodyThatIsTooLongIsNotKept() {
        // When
        Answer answer = pipeline.console()
                .send(
                        "POST /api/redrive",
                        " ".repeat(300_000),
                        "Host: localhost",
                        "Origin: http://localhost",
                        AUTHORIZATION);

        // Then
        assertThat(answer.status()).isEqualTo(413);
        assertSafe(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/%252e%252e/%252e%252e/etc/passwd",
                "/..%2f..%2f..%2fetc%2fpasswd",
                "/..\\..\\..\\etc\\passwd",
                "/..%5c..%5c..%5cetc%5cpasswd",
                "//etc/passwd",
                "/lib/../../../application.properties",
                "/lib/..%2f..%2f..%2fapplication.properties",
                "/%2fetc/passwd",
                "/lib//etc/passwd",
                "/file:///etc/passwd",
                "http://localhost/../../etc/passwd",
                "/application.properties",
                "/.git/config",
                "/pom.xml",
                "/app.js/../../application.properties",
                "/app.js%00.html"
            })
    void nothingButThePageCanBeReached(String path) {
        for (RawHttp server : pipeline.servers()) {
            // When
            Answer answer = server.send("GET " + path, "", "Host: localhost");

            // Then
            assertThat(answer.status()).isIn(400, 403, 404);
            assertThat(answer.body()).doesNotContain("root:", "loginstream.input.topic", "<project", "[core]");
            assertSafe(answer);
        }
    }

    @Test
    void whoIsSlowIsCutOff() throws Exception {
        // Given
        List<Socket> slow = new ArrayList<>();
        for (RawHttp server : pipeline.servers()) {
            for (int i = 0; i < 20; i++) {
                slow.add(sent(server, ""));
                slow.add(sent(server, "GET / HT"));
                slow.add(sent(server, GET + "A: "));
            }
        }
        for (int i = 0; i < 20; i++) {
            slow.add(sent(
                    pipeline.console(),
                    "POST /api/redrive HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n" + AUTHORIZATION
                            + "\r\nContent-Length: 100\r\n\r\n{"));
        }
        long begin = System.nanoTime();

        // When each goes on, a byte now and then
        await().atMost(15, SECONDS).pollInterval(500, MILLISECONDS).until(() -> {
            assertServed();
            slow.removeIf(HostileClientsTest::isCutOff);
            return slow.isEmpty();
        });

        // Then
        assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThan(Visits.REQUEST_MILLIS - 2_000);
    }

    @Test
    void aCrowdKeepsNobodyOut() throws Exception {
        // Given
        int threads = Thread.activeCount();
        List<Socket> crowd = new ArrayList<>();

        // When
        for (int i = 0; i < 4 * Visits.MOST; i++) {
            for (RawHttp server : pipeline.servers()) {
                crowd.add(sent(server, i % 2 == 0 ? "" : "GET /"));
            }
            if (i % Visits.MOST == Visits.MOST - 1) {
                assertServed();
            }
        }

        // Then
        assertThat(Thread.activeCount()).isLessThan(threads + 30);
        await().until(() -> {
            crowd.removeIf(HostileClientsTest::isCutOff);
            return crowd.size() <= 2 * Visits.MOST;
        });
        assertServed();
        for (Socket socket : crowd) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics"})
    void healthTellsNothingThatHelpsAnAttacker(String path) {
        for (String query : List.of("", "?data=true&stackTrace=true&exposureLevel=full", "?stackTrace=true")) {
            // When
            Answer answer = pipeline.management().send("GET " + path + query, "", "Host: localhost");

            // Then
            assertThat(answer.status()).isIn(200, 503);
            assertThat(answer.body())
                    .doesNotContain(Secrets.all())
                    .doesNotContain(
                            pipeline.brokers(), "127.0.0.1", "somebody", "error-stacktrace", "\tat ", "Exception");
        }
    }

    private static void assertServed() {
        assertThat(pipeline.console()
                        .send("GET /api/overview", "", "Host: localhost", AUTHORIZATION)
                        .status())
                .isEqualTo(200);
        assertThat(pipeline.management()
                        .send("GET /observe/health/live", "", "Host: localhost")
                        .status())
                .isEqualTo(200);
    }

    private static void assertSafe(Answer answer) {
        assertThat(answer.head().toLowerCase())
                .contains(
                        "content-security-policy: default-src 'none';",
                        "frame-ancestors 'none'",
                        "x-content-type-options: nosniff",
                        "x-frame-options: deny",
                        "connection: close")
                .doesNotContain("server:");
        assertThat(answer.body()).doesNotContain(Secrets.all());
    }

    private static Socket sent(RawHttp server, String text) throws IOException {
        Socket socket = server.open();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(1);
        return socket;
    }

    /** Sends one byte more if it is not. */
    private static boolean isCutOff(Socket socket) {
        try {
            if (socket.getInputStream().read() < 0) {
                return true;
            }
        } catch (SocketTimeoutException e) {
            // nothing came, neither an answer nor an end
        } catch (IOException e) {
            return e instanceof SocketException;
        }
        try {
            socket.getOutputStream().write('a');
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
