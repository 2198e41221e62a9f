package loginstream.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.RawHttp;
import loginstream.fixture.RawHttp.Answer;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console's server answers to whom, request by request. */
@ExtendWith(SharedBroker.class)
class ConsoleRequestsIT {
    private static Application application;
    private static RawHttp http;
    private static String host;
    private static String origin;
    private static String bearer;

    @BeforeAll
    static void start(Cluster cluster) throws Exception {
        TestTopics topics = cluster.freshTopics(1);
        String port = Integer.toString(FreePort.any());
        Settings settings =
                topics.settings(cluster, "loginstream.console.enabled", "true", "loginstream.console.port", port);
        application = new Application(settings);
        application.start();
        http = new RawHttp(settings.console().port());
        host = "Host: localhost:" + port;
        origin = "Origin: http://localhost:" + port;
        bearer = "Authorization: Bearer "
                + json(http.send("GET /api/session", "", host, "Sec-Fetch-Site: same-origin"))
                        .get("token")
                        .asText();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/app.js", "/console.css", "/lib/uPlot.esm.js", "/api/overview", "/api/session", "/none"})
    void everyAnswerForbidsWhatThePageDoesNotNeed(String path) {
        // When
        Answer answer = http.send("GET " + path, "", host);

        // Then
        assertThat(answer.head().toLowerCase())
                .contains(
                        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
                        "frame-ancestors 'none'",
                        "x-content-type-options: nosniff")
                .doesNotContain("access-control-allow", "unsafe-inline");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(http.send("GET /application.properties", "", host).status()).isEqualTo(404);
        assertThat(http.send("GET /../application.properties", "", host).status())
                .isEqualTo(404);
        assertThat(http.send("DELETE /api/pause", "", host).status()).isIn(404, 405);
    }

    static Stream<Arguments> refusedChanges() {
        return Stream.of(
                argumentSet("no token", 401, new String[] {host, origin}),
                argumentSet("a wrong token", 401, new String[] {host, origin, bearer + "x"}),
                argumentSet("no origin", 403, new String[] {host, bearer}),
                argumentSet("another origin", 403, new String[] {host, "Origin: http://evil.example", bearer}),
                argumentSet("another site", 403, new String[] {host, origin, bearer, "Sec-Fetch-Site: cross-site"}),
                argumentSet("another name for this machine", 403, new String[] {
                    "Host: evil.example:8080", "Origin: http://evil.example:8080", bearer
                }));
    }

    @ParameterizedTest
    @MethodSource("refusedChanges")
    void changesAreForTheConsolesOwnPageWithItsToken(int status, String[] headers) throws Exception {
        for (String change : new String[] {"POST /api/pause", "POST /api/resume", "POST /api/redrive"}) {
            // When
            Answer answer = http.send(change, "{\"positions\":[\"a-0@0\"]}", headers);

            // Then
            assertThat(answer.status()).as(change).isEqualTo(status);
            assertThat(json(answer).get("status").asInt()).isEqualTo(status);
            assertThat(json(answer).get("error").asText()).hasLineCount(1).isNotBlank();
        }
        assertThat(json(http.send("GET /api/overview", "", host)).get("state").asText())
                .isNotEqualTo("paused");
        assertThat(json(http.send("GET /api/redrive", "", host)).get("number").asInt())
                .isZero();
    }

    @Test
    void otherNamesAndSitesMayNotEvenRead() {
        assertThat(http.send("GET /api/overview", "", "Host: evil.example").status())
                .isEqualTo(403);
        assertThat(http.send("GET /api/session", "", "Host: evil.example").status())
                .isEqualTo(403);
        assertThat(http.send("GET /api/session", "", host, "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(http.send("GET /api/dead-letters", "", host, "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                argumentSet("nothing", 400, ""),
                argumentSet("no JSON", 400, "{"),
                argumentSet("null", 400, "null"),
                argumentSet("another type", 400, "[1,2]"),
                argumentSet("an unknown member", 400, "{\"all\":true}"),
                argumentSet("no positions", 400, "{}"),
                argumentSet("positions that are none", 400, "{\"positions\":[\"somewhere\"]}"),
                argumentSet("a position that is null", 400, "{\"positions\":[null]}"),
                argumentSet("edits that are none", 400, "{\"positions\":[\"a-0@0\"],\"edits\":[\"device_type\"]}"),
                argumentSet("too much", 413, " ".repeat(300_000)));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void badRequestsGetOneLineThatSaysWhy(int status, String body) throws Exception {
        // When
        Answer answer = http.send("POST /api/redrive", body, host, origin, bearer);

        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(json(answer).get("error").asText()).hasLineCount(1).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/overview?since=yesterday", "/api/dead-letters?failure=bad", "/api/dead-letters/somewhere"})
    void badQuestionsToo(String path) throws Exception {
        // When
        Answer answer = http.send("GET " + path, "", host);

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).hasLineCount(1);
    }

    @Test
    void pausingTwiceAndResumingTwiceDoesNoHarm() throws Exception {
        await().atMost(20, SECONDS).until(() -> state().equals("running"));
        for (String wanted : new String[] {"pause", "pause", "resume", "resume"}) {
            // When
            Answer answer = http.send("POST /api/" + wanted, "", host, origin, bearer);

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(json(answer).get("state").asText().equals("paused")).isEqualTo(wanted.equals("pause"));
        }
    }

    private static String state() throws Exception {
        return json(http.send("GET /api/overview", "", host)).get("state").asText();
    }

    private static JsonNode json(Answer answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
