package loginstream.console;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loginstream.fixture.RawHttp;
import loginstream.fixture.RawHttp.Answer;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and its parts, as a browser gets them. There is no pipeline behind them. */
class PageFilesTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"|from \"\\.?(/[^\"]*)\"");
    private static final String HOST = "Host: localhost";

    private static Vertx vertx;
    private static RawHttp http;

    @BeforeAll
    static void serve() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        new ConsoleHttp(TestSettings.defaults().console(), null, vertx.createSharedWorkerExecutor("console"))
                .mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, SECONDS);
        http = new RawHttp(server.actualPort());
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    @Test
    void areAllThatThePageRefersToWithTheirTypes() {
        // When
        Map<String, Answer> files = thePageAndItsParts();

        // Then
        assertThat(files)
                .containsKeys("/", "/app.js", "/console.css", "/favicon.svg", "/lib/uPlot.esm.js")
                .hasSizeGreaterThan(12);
        files.forEach((path, answer) -> {
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.head()).as(path).containsIgnoringCase("content-type: " + type(path));
            assertThat(answer.head()).as(path).containsIgnoringCase("cache-control: no-cache\r\n");
        });
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript;charset=utf-8\r\n";
            case "css" -> "text/css;charset=utf-8\r\n";
            case "svg" -> "image/svg+xml\r\n";
            default -> "text/html;charset=utf-8\r\n";
        };
    }

    /** What the headers forbid would not work; and markup made of text is where hostile records would get in. */
    @Test
    void holdNoInlineScriptsOrStylesAndMakeNoMarkupOfText() {
        // When
        Map<String, Answer> files = thePageAndItsParts();

        // Then
        files.keySet().removeIf(path -> path.startsWith("/lib/"));
        files.forEach((path, answer) -> assertThat(answer.body())
                .as(path)
                .isNotBlank()
                .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(")
                .doesNotContainPattern("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=\"|https?://(?!www\\.w3)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/application.properties",
                "/../application.properties",
                "/../../../application.properties",
                "/%2e%2e/%2e%2e/%2e%2e/application.properties",
                "/..%2f..%2f..%2fapplication.properties",
                "/..%5c..%5c..%5capplication.properties",
                "/lib/../../application.properties",
                "/lib/%2e%2e/package.json",
                "/../PageFiles.class",
                "/PageFiles.class",
                "//etc/passwd",
                "/lib//etc/passwd",
                "/lib/",
                "/%00",
                "/app.js%00.html",
                "/.hidden"
            })
    void areNothingElse(String path) {
        // When
        Answer answer = http.send("GET " + path, "", HOST);

        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.head()).containsIgnoringCase("cache-control: no-store\r\n");
        assertThat(answer.body()).contains("there is nothing at this address");
    }

    @Test
    void areNotSentAgainToWhoHasThem() {
        // Given
        Matcher modified = Pattern.compile("(?i)last-modified: (.*)\r\n")
                .matcher(http.send("GET /app.js", "", HOST).head());
        assertThat(modified.find()).isTrue();

        // When
        Answer answer = http.send("GET /app.js", "", HOST, "If-Modified-Since: " + modified.group(1));

        // Then
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void areOnlyThereToBeRead(String method) {
        assertThat(http.send(method + " /app.js", "", HOST).status()).isEqualTo(404);
    }

    @Test
    void areNotForOtherNamesOfThisMachine() {
        assertThat(http.send("GET /app.js", "", "Host: evil.example").status()).isEqualTo(403);
        assertThat(http.send("GET /lib/uPlot.esm.js", "", "Host: evil.example").status())
                .isEqualTo(403);
    }

    private static Map<String, Answer> thePageAndItsParts() {
        Map<String, Answer> files = new TreeMap<>();
        Deque<String> wanted = new ArrayDeque<>();
        wanted.add("/");
        while (!wanted.isEmpty()) {
            String path = wanted.pop();
            if (!files.containsKey(path)) {
                Answer answer = http.send("GET " + path, "", HOST);
                files.put(path, answer);
                Matcher reference = REFERENCE.matcher(answer.body());
                while (reference.find()) {
                    wanted.push(reference.group(1) == null ? reference.group(2) : reference.group(1));
                }
            }
        }
        return files;
    }
}
