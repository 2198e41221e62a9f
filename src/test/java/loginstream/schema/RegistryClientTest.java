package loginstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loginstream.config.reading.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry that is not well answers; a well one is in the integration tests. */
class RegistryClientTest {
    private final List<String> logins = new ArrayList<>();
    private HttpServer server;
    private int status;
    private String body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {}                             | refuses the login (HTTP 401)",
                "409 | {\"message\":\"not\\ncompatible\"} | refuses the schema of t-value: not compatible",
                "503 | {\"message\":\"later\"}            | answers with HTTP 503: later",
                "500 | <html>                         | answers with HTTP 500: and nothing else",
                "200 | <html>                         | does not answer with JSON"
            })
    void isOneLine(int answered, String text, String expected) {
        // Given
        status = answered;
        body = text;

        // Then
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client("u", "secret", url()).register("t-value", Format.AVRO, "{}"))
                .withMessage("the schema registry " + url() + " " + expected);
    }

    @Test
    void isLoggedInTo() {
        // Given
        status = 200;
        body = "{\"id\":7}";

        // When
        int id = client("u", "secret", url()).register("t-value", Format.AVRO, "{}");

        // Then
        assertThat(id).isEqualTo(7);
        assertThat(logins).containsExactly("Basic dTpzZWNyZXQ=");
    }

    @Test
    void isAskedAtItsNextAddressWhereOneIsAway() {
        // Given
        status = 200;
        body = "{\"schema\":\"{}\"}";

        // When
        Optional<RegisteredSchema> found =
                client("", "", "http://127.0.0.1:1", url()).schema(1);

        // Then
        assertThat(found).contains(new RegisteredSchema("AVRO", "{}"));
    }

    @Test
    void thatIsAwayIsSaidToBe() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client("", "", "http://127.0.0.1:1").schema(1))
                .withMessage("the schema registry http://127.0.0.1:1 does not answer: no connection");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static RegistryClient client(String user, String password, String... urls) {
        return new RegistryClient(new SchemaSettings(
                Format.AVRO,
                Format.AVRO,
                List.of(urls).stream().map(URI::create).toList(),
                user,
                new Secret(password),
                true));
    }
}
