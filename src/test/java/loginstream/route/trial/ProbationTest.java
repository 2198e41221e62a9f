package loginstream.route.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import loginstream.Staging;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import loginstream.route.yaml.RouteFiles;
import loginstream.schema.TopicFormats;
import org.apache.camel.RoutesBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What is held against an edit that has just gone live, and what is not. */
class ProbationTest {
    private static final String ROUTE = """
            - route:
                from:
                  uri: kafka:{{loginstream.input.topic}}
                  steps:
                    - unmarshal: {custom: {ref: loginJson}}
            %s
                    - marshal: {custom: {ref: loginJson}}
                    - to: {uri: 'kafka:{{loginstream.output.topic}}'}
            """;
    private static final String FAILS = "- setBody: {simple: '${body.nothing()}'}";
    private static final String REJECTS =
            "- throwException: {exceptionType: java.lang.IllegalStateException, message: no}";
    private static final String BEYOND = "- to: {uri: 'http://nowhere.invalid'}\n        ";

    private static final Settings SETTINGS = TestSettings.defaults();

    private final List<List<Finding>> takenBack = new ArrayList<>();
    private double rateBefore;
    private int offset;
    private Probation probation;

    @Test
    void oneLoginThatTheRoutesBeforePassIsEnough() {
        // Given
        begin(FAILS, "");

        // When
        boolean good = probation.passes(batch(50, 0));
        boolean bad = probation.passes(batch(49, 1));
        boolean next = probation.passes(batch(1, 2));

        // Then
        assertThat(good).isTrue();
        assertThat(bad).isFalse();
        assertThat(next).as("of the same edit, before the routes are changed").isFalse();
        assertThat(takenBack)
                .singleElement()
                .satisfies(findings -> assertThat(findings).singleElement().satisfies(finding -> {
                    assertThat(finding.step()).startsWith("x.camel.yaml:5");
                    assertThat(finding.logins()).isEqualTo(1);
                    assertThat(finding.of()).isEqualTo(100);
                    assertThat(finding.example()).isEqualTo("user-login-0@99");
                    assertThat(finding.what()).contains("nothing");
                }));
    }

    @Test
    void whatTheRoutesBeforeFailAsWellIsNotTheEditsFault() {
        // Given
        begin(FAILS, FAILS);

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
        assertThat(takenBack).isEmpty();
    }

    @Test
    void whatTheRoutesBeforeRejectOnPurposeIsNotTheEditsFault() {
        // Given
        begin(FAILS, REJECTS);

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
    }

    @Test
    void whatCannotBeTriedHereMayBeChanceWhereItIsRare() {
        // Given
        begin(BEYOND + FAILS, "");

        // When
        boolean passes = probation.passes(batch(98, 2));

        // Then
        assertThat(passes).isTrue();
    }

    @Test
    void whatCannotBeTriedHereIsNoChanceWhereItIsFrequent() {
        // Given
        begin(BEYOND + FAILS, "");

        // When
        boolean first = probation.passes(batch(98, 2));
        boolean second = probation.passes(batch(96, 4));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(takenBack)
                .singleElement()
                .satisfies(findings -> assertThat(findings).singleElement().satisfies(finding -> {
                    assertThat(finding.logins()).isEqualTo(6);
                    assertThat(finding.of()).isEqualTo(200);
                    assertThat(finding.what()).contains("thrown while live");
                }));
    }

    @Test
    void whatFailedAsOftenBeforeMayBeChance() {
        // Given
        rateBefore = 0.05;
        begin(BEYOND + FAILS, BEYOND);

        // When
        boolean asBefore = probation.passes(batch(190, 10));
        boolean more = probation.passes(batch(150, 50));

        // Then
        assertThat(asBefore).isTrue();
        assertThat(more).isFalse();
    }

    @Test
    void endsAfterSoManyRecords() {
        // Given
        begin(FAILS, "");
        probation.passes(batch(1_000, 0));

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
        assertThat(probation.isOn()).isFalse();
    }

    @Test
    void leavesAloneWhatAStepThrowsOnPurpose() {
        // Given
        begin("- throwException: {exceptionType: java.lang.IllegalStateException, message: not wanted}", "");

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
        assertThat(takenBack).isEmpty();
    }

    @Test
    void endsAfterSomeTime() {
        // Given
        begin(new ProbationSettings(1_000, Duration.ZERO), FAILS, "");

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
    }

    @Test
    void canBeSwitchedOff() {
        // Given
        begin(new ProbationSettings(0, Duration.ofSeconds(30)), FAILS, "");

        // When
        boolean passes = probation.passes(batch(0, 100));

        // Then
        assertThat(passes).isTrue();
    }

    private void begin(String edited, String before) {
        begin(SETTINGS.probation(), edited, before);
    }

    private void begin(ProbationSettings settings, String edited, String before) {
        probation = new Probation(settings, () -> rateBefore);
        Rehearsal rehearsal = Staging.rehearsal(
                SETTINGS,
                SETTINGS.rehearsal().recentRecords(),
                TopicFormats.of(SETTINGS.schema(), SETTINGS.topics()).input());
        probation.begin(rehearsal, routes(edited), routes(before), takenBack::add);
    }

    private static RoutesBuilder routes(String step) {
        String text = ROUTE.formatted(step.isEmpty() ? "" : "        " + step);
        return new RouteFiles(Map.of(Path.of("x.camel.yaml"), text)).builder();
    }

    /** Logins as a route has left them, the last ones failed. */
    private LoginBatch batch(int good, int failed) {
        LoginBatch batch = new LoginBatch(
                IntStream.range(0, good + failed).mapToObj(i -> record()).toList(), (record, cause) -> {});
        int number = 0;
        for (Login login : batch) {
            if (number++ >= good) {
                login.reject(new Rejection.Failed(new IllegalStateException("thrown while live"), 4));
                login.becomeDeadLetter(new RecordHeaders());
                login.noteSent(false);
            }
        }
        return batch;
    }

    private ConsumerRecord<byte[], byte[]> record() {
        String json = """
                {"user_id":"424cdd21-063a-43a7-b91b-7ca1a833afae","app_version":"2.3.0","device_type":"android",\
                "ip":"199.172.111.135","locale":"RU","device_id":"593-47-5928","timestamp":1694479551}""";
        return new ConsumerRecord<>("user-login", 0, offset++, null, json.getBytes(StandardCharsets.UTF_8));
    }
}
