package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loginstream.Staging;
import loginstream.fixture.TestSettings;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the routes that read the input in one group, there is one. */
class InputReadersTest {
    private static final String REASON =
            "route second reads user-login in the group loginstream, as route first does: each"
                    + " would get a part of its partitions; read the output topic instead, or give it a groupId of its own";

    private StepsFixture fixture;

    @BeforeEach
    void begin() throws Exception {
        fixture = new StepsFixture();
        fixture.context().setAutoStartup(false); // no consumer is to look for brokers
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:user-login",
                "kafka:{{loginstream.input.topic}}?maxPollRecords=1",
                "kafka:user-login,other?groupId=loginstream",
                "kafka:user-.*?topicIsPattern=true&groupId=loginstream"
            })
    void aSecondOneOfTheSameGroupIsRefused(String second) throws Exception {
        // Given
        fixture.routes(route("first", "kafka:user-login")).routes(route("second", second));

        // When
        Throwable refusal = catchThrowable(() -> fixture.context().start());

        // Then
        assertThat(refusal).rootCause().hasMessage(REASON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:other",
                "kafka:processed-data?groupId=loginstream",
                "kafka:user-login?groupId=audit",
                "kafka:user-login,other",
                "kafka:user-.*?topicIsPattern=true",
                "direct:user-login"
            })
    void routesThatTakeNothingAwayAreNotRefused(String second) throws Exception {
        // Given
        fixture.routes(route("first", "kafka:user-login")).routes(route("second", second));

        // When
        fixture.context().start();

        // Then
        assertThat(fixture.context().getRoutes()).extracting(Route::getRouteId).contains("first", "second");
    }

    @Test
    void oneWhoseFromATestHasReplacedIsNone() throws Exception {
        // Given
        fixture.routes(route("first", "kafka:user-login"));
        fixture.context().start();

        // When
        AdviceWith.adviceWith(fixture.context(), "first", advice -> advice.replaceFromWith("direct:first"));
        fixture.routes(route("second", "kafka:user-login"));

        // Then
        assertThat(fixture.context().getRoute("second")).isNotNull();
    }

    @Test
    void oneThatIsRemovedIsForgotten() throws Exception {
        // Given
        fixture.routes(route("first", "kafka:user-login"));
        fixture.context().start();

        // When
        fixture.context().getRouteController().stopRoute("first");
        fixture.context().removeRoute("first");
        fixture.routes(route("second", "kafka:user-login"));

        // Then
        assertThat(fixture.context().getRoute("second")).isNotNull();
    }

    @Test
    void aReloadMayGiveItsPlaceToAnother() throws Exception {
        // Given
        fixture.routes(route("first", "kafka:user-login"));
        fixture.context().start();
        Model model = fixture.context().getCamelContextExtension().getContextPlugin(Model.class);

        // When
        model.removeRouteDefinitions(List.copyOf(model.getRouteDefinitions()));
        new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:user-login").routeId("second").to("mock:any");
                from("kafka:other").routeId("first").to("mock:any");
            }
        }.updateRoutesToCamelContext(fixture.context());

        // Then
        assertThat(fixture.context().getRoutes()).extracting(Route::getRouteId).containsExactly("second", "first");
    }

    @Test
    void thePlaceInTheFilesIsTold(@TempDir Path routes) throws Exception {
        // Given
        Path file = routes.resolve("x.camel.yaml");
        Files.writeString(file, """
                - route:
                    id: first
                    from:
                      uri: kafka:user-login
                      steps:
                        - log: one
                - route:
                    id: second
                    from:
                      uri: kafka:user-login
                      steps:
                        - log: two
                """);
        var settings = TestSettings.with(Map.of(
                "kafka.bootstrap.servers",
                "no-broker.invalid:9092",
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString()));

        // When
        Throwable refusal = catchThrowable(() ->
                Staging.yamlRoutes(settings, settings.routes().directory()).load());

        // Then
        assertThat(refusal)
                .message()
                .hasLineCount(1)
                .endsWith(": " + file + ":10: " + REASON.replace("route first", "route first (" + file + ":4)"));
    }

    private static RouteBuilder route(String id, String from) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).to("mock:any");
            }
        };
    }
}
