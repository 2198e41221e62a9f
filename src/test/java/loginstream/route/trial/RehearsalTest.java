package loginstream.route.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loginstream.Staging;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import loginstream.login.LoginBatch;
import loginstream.route.yaml.RouteFiles;
import loginstream.schema.TopicFormats;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.ServiceStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of edits before they go live. No broker is there: a rehearsal that needed one would not end. */
class RehearsalTest {
    private static final String ROUTE = """
            - route:
                id: user-login
                from:
                  uri: kafka:{{loginstream.input.topic}}
                  steps:
                    - unmarshal: {custom: {ref: loginJson}}
                    - process: {ref: loginFilter}
                    - process: {ref: loginValidator}
            %s
                    - process: {ref: loginEnricher}
                    - marshal: {custom: {ref: loginJson}}
                    - to: {uri: 'kafka:{{loginstream.output.topic}}'}
            %s
            """;

    private static final Settings SETTINGS = TestSettings.defaults();

    private final RecentRecords recent = SETTINGS.rehearsal().recentRecords();

    static Stream<Arguments> harmless() {
        return Stream.of(
                argumentSet("nothing new", ""),
                argumentSet("a header", "- setHeader: {name: a, simple: '${body[locale]}'}"),
                argumentSet(
                        "a filter that drops few",
                        "- filter: {simple: \"${body[locale]} == 'DE'\", steps: [{stop: {}}]}"),
                argumentSet("a send to another topic", "- to: {uri: 'kafka:elsewhere'}"),
                argumentSet("a send beyond Kafka", "- to: {uri: 'file:/proc/never/there'}"),
                argumentSet("a log", "- to: {uri: 'log:x'}"),
                argumentSet(
                        "an exception that is caught",
                        "- doTry: {steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: x}}], doCatch: [{exception: [java.lang.Exception], steps: [{setHeader: {name: a, constant: b}}]}]}"),
                argumentSet(
                        "few that a step is there to reject",
                        "- filter: {simple: \"${body[locale]} == 'DE'\", steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: no}}]}"));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void letsPass(String step) throws Exception {
        // When
        rehearsal().require(routes(step, ""), routes("", ""));
    }

    static Stream<Arguments> harmful() {
        return Stream.of(
                argumentSet(
                        "fails for all",
                        "- setHeader:\n            name: a\n            simple: ${body[locale].noMethod()}",
                        "x.camel.yaml:9: ",
                        "noMethod"),
                argumentSet(
                        "fails for some",
                        "- filter:\n            simple: \"${body[device_type]} == 'iOS'\"\n            steps:\n"
                                + "            - setBody:\n                simple: ${body.nothing()}",
                        "x.camel.yaml:12: ",
                        "nothing"),
                argumentSet(
                        "drops all",
                        "- filter: {simple: '${body[locale]} != null', steps: [{stop: {}}]}",
                        "",
                        "dropped"),
                argumentSet(
                        "rejects all",
                        "- throwException:\n            exceptionType: java.lang.IllegalStateException\n            message: never",
                        "x.camel.yaml:9: ",
                        "rejected: never"),
                argumentSet("takes too long", "- delay: {constant: 700}", "the routes", "takes 7"));
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void refuses(String step, String place, String reason) {
        // When
        HarmfulRoutesException refusal = catchThrowableOfType(
                HarmfulRoutesException.class, () -> rehearsal().require(routes(step, ""), routes("", "")));

        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.findings()).hasSize(1);
        assertThat(refusal.getMessage()).contains(place).contains(reason).hasLineCount(1);
    }

    @Test
    void refusesARouteThatEndsWithoutSending() {
        // Given
        String unsent = ROUTE.formatted("", "").replaceAll("(?m)^ *- to: .*\n", "");

        // When
        HarmfulRoutesException refusal = catchThrowableOfType(
                HarmfulRoutesException.class, () -> rehearsal().require(files(unsent), routes("", "")));

        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).contains("the route ended without sending it");
    }

    @Test
    void triesWhatWasConsumedLast() throws Exception {
        // Given
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, 300)
                .mapToObj(offset -> new ConsumerRecord<byte[], byte[]>(
                        SETTINGS.topics().input(),
                        3,
                        offset,
                        null,
                        login(offset).getBytes(StandardCharsets.UTF_8)))
                .toList();
        recent.note(new LoginBatch(records, (record, cause) -> {}));
        String step =
                "- filter: {simple: \"${body[locale]} == 'XY'\", steps: [{setBody: {simple: '${body.nothing()}'}}]}";

        // When
        HarmfulRoutesException refusal = catchThrowableOfType(
                HarmfulRoutesException.class, () -> rehearsal().require(routes(step, ""), routes("", "")));

        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.logins()).isEqualTo(20);
            assertThat(finding.of()).isEqualTo(200);
            assertThat(finding.example()).isEqualTo("user-login-3@100");
        });
    }

    @Test
    void letsTheBatchInHandEndBeforeItStops() {
        // Given
        Busy.STATES.clear();
        RoutesBuilder busy = routes("- bean: {beanType: " + Busy.class.getName() + "}", "");

        // When
        catchThrowableOfType(HarmfulRoutesException.class, () -> rehearsal().require(busy, routes("", "")));

        // Then
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("rehearsal")));
        assertThat(Busy.STATES).isNotEmpty().containsOnly(ServiceStatus.Started);
    }

    /** Takes its time, and does not care for interrupts. */
    public static final class Busy {
        private static final List<ServiceStatus> STATES = new CopyOnWriteArrayList<>();

        public void work(Exchange exchange) {
            for (long begin = System.nanoTime(); System.nanoTime() - begin < 300_000_000; ) {
                Thread.onSpinWait();
            }
            STATES.add(exchange.getContext().getStatus());
        }
    }

    private static String login(int number) {
        return """
                {"user_id":"424cdd21-063a-43a7-b91b-7ca1a833afae","app_version":"2.3.0","device_type":"android",\
                "ip":"199.172.111.135","locale":"%s","device_id":"593-47-5928","timestamp":1694479551}""".formatted(number % 10 == 0 ? "XY" : "RU");
    }

    private Rehearsal rehearsal() {
        return Staging.rehearsal(
                SETTINGS,
                recent,
                TopicFormats.of(SETTINGS.schema(), SETTINGS.topics()).input());
    }

    private static RoutesBuilder routes(String step, String more) {
        return files(ROUTE.formatted(step.isEmpty() ? "" : "        " + step, more));
    }

    private static RoutesBuilder files(String text) {
        return new RouteFiles(Map.of(Path.of("routes/x.camel.yaml"), text)).builder();
    }
}
