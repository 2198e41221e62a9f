package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import loginstream.config.Settings;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.TestSettings;
import loginstream.route.yaml.RouteFiles;
import loginstream.schema.TopicFormats;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example that asks a service over HTTP, with a real server. */
class CityOverHttpTest {
    private static final Path EXAMPLE = Path.of("routes/examples/city-over-http.camel.yaml");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private HttpServer server;
    private volatile int failing;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/city", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = "Moscow".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(failing-- > 0 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Settings settings = TestSettings.defaults();
        Properties properties = new Properties();
        properties.putAll(settings.all());
        properties.setProperty(
                "city.service", "http://127.0.0.1:" + server.getAddress().getPort());
        context.getPropertiesComponent().setOverrideProperties(properties);
        Wiring.onStage(
                        settings,
                        Clock.systemUTC(),
                        TopicFormats.of(settings.schema(), settings.topics()).input(),
                        sent::add)
                .configure(context);
        context.addRoutes(new RouteFiles(Map.of(EXAMPLE, Files.readString(EXAMPLE))).builder());
        String route = context.getRouteDefinitions().get(0).getRouteId();
        AdviceWith.adviceWith(context, route, advice -> advice.replaceFromWith("direct:records"));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        server.stop(0);
    }

    @Test
    void addsWhatTheServerSays() {
        // When
        send();

        // Then
        assertThat(asked).containsExactly("GET /city?ip=199.172.111.135");
        assertThat(sent).singleElement().satisfies(record -> {
            assertThat(LoginRecords.text(record.value())).contains("\"city\":\"Moscow\"");
            assertThat(record.headers()).as("none of those of HTTP").isEmpty();
        });
    }

    @Test
    void asksTwiceMore() {
        // Given
        failing = 2;

        // When
        send();

        // Then
        assertThat(asked).hasSize(3);
        assertThat(LoginRecords.text(sent.get(0).value())).contains("\"city\":\"Moscow\"");
    }

    @Test
    void goesOnWithoutACityWhereTheServerDoesNotAnswer() {
        // Given
        server.stop(0);

        // When
        send();

        // Then
        assertThat(LoginRecords.text(sent.get(0).value()))
                .contains("\"processed_time\":")
                .doesNotContain("city");
    }

    private void send() {
        context.createProducerTemplate().sendBody("direct:records", LoginRecords.good());
    }
}
