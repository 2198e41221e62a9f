package loginstream.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.RECORD_MILLIS;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import loginstream.fixture.RecordingOutbox;
import loginstream.login.DeadLetterForm;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.UnparseableLoginException;
import loginstream.login.Violation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterHeadersTest {
    private static final Rejection INVALID = new Rejection.Invalid(List.of(
            new Violation(LoginField.DEVICE_TYPE, "missing"),
            new Violation(LoginField.IP, "not an IP address: \"абв\"")));

    private final ConsumerRecord<byte[], byte[]> source = record(1841, "key", "{}");

    @Test
    void tellToolsWhereARecordCameFromInTheirEncoding() {
        // When
        Headers headers = headers(INVALID);

        // Then
        assertThat(bytes(headers, "kafka_dlt-original-topic")).isEqualTo("user-login".getBytes(UTF_8));
        assertThat(bytes(headers, "kafka_dlt-original-partition")).containsExactly(0, 0, 0, 2);
        assertThat(bytes(headers, "kafka_dlt-original-offset")).containsExactly(0, 0, 0, 0, 0, 0, 0x07, 0x31);
        assertThat(ByteBuffer.wrap(bytes(headers, "kafka_dlt-original-timestamp"))
                        .getLong())
                .isEqualTo(RECORD_MILLIS);
    }

    @Test
    void tellPeopleWhy() {
        // When
        Headers headers = headers(INVALID);

        // Then
        assertThat(string(headers, "loginstream-failure")).isEqualTo("invalid");
        assertThat(string(headers, "loginstream-reason"))
                .isEqualTo("device_type: missing; ip: not an IP address: \"абв\"");
        assertThat(string(headers, "loginstream-source")).isEqualTo("user-login-2@1841");
        assertThat(string(headers, "loginstream-failed-at")).isEqualTo("2023-09-12T00:46:40.500Z");
        assertThat(string(headers, "loginstream-attempts")).isEqualTo("1");
        assertThat(string(headers, "loginstream-redrives")).isNull();
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                argumentSet(
                        "invalid",
                        INVALID,
                        "invalid",
                        "org.apache.camel.ValidationException",
                        "device_type: missing; ip: not an IP address: \"абв\""),
                argumentSet(
                        "unparseable",
                        new Rejection.Unparseable(new UnparseableLoginException("not UTF-8")),
                        "unparseable",
                        "loginstream.login.UnparseableLoginException",
                        "not UTF-8"),
                argumentSet(
                        "processing",
                        new Rejection.Failed(new IllegalStateException("no database"), 4),
                        "processing",
                        "java.lang.IllegalStateException",
                        "no database"),
                argumentSet(
                        "processing, without a message",
                        new Rejection.Failed(new NullPointerException(), 4),
                        "processing",
                        "java.lang.NullPointerException",
                        "NullPointerException"));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void tellToolsWhy(Rejection rejection, String failure, String className, String message) {
        // When
        Headers headers = headers(rejection);

        // Then
        assertThat(string(headers, "loginstream-failure")).isEqualTo(failure);
        assertThat(string(headers, "kafka_dlt-exception-fqcn")).isEqualTo(className);
        assertThat(string(headers, "kafka_dlt-exception-message")).isEqualTo(message);
    }

    @Test
    void holdAStackTraceUnlessARecordIsMerelyInvalid() {
        // Given
        List<Rejection> rejections = List.of(
                new Rejection.Unparseable(new UnparseableLoginException("not UTF-8")),
                new Rejection.Failed(new IllegalStateException("no database"), 4),
                INVALID);

        // When
        List<String> traces = rejections.stream()
                .map(this::headers)
                .map(headers -> string(headers, "kafka_dlt-exception-stacktrace"))
                .toList();

        // Then
        assertThat(traces.get(0))
                .contains("UnparseableLoginException: not UTF-8")
                .contains("\tat loginstream.");
        assertThat(traces.get(1)).contains("IllegalStateException: no database").contains("\tat loginstream.");
        assertThat(traces.get(2)).isNull();
    }

    @Test
    void countTheAttempts() {
        // When
        Headers headers = headers(new Rejection.Failed(new IllegalStateException("no database"), 4));

        // Then
        assertThat(string(headers, "loginstream-attempts")).isEqualTo("4");
        assertThat(string(headers, "loginstream-reason")).isEqualTo("IllegalStateException: no database");
    }

    @Test
    void giveTheReasonInOneShortLineWhateverAnExceptionSays() {
        // Given
        String message = "first line\nsecond line" + "x".repeat(1000);

        // When
        Headers headers = headers(new Rejection.Failed(new IllegalStateException(message), 1));

        // Then
        assertThat(string(headers, "loginstream-reason"))
                .startsWith("IllegalStateException: first line\\u000asecond line")
                .hasSizeLessThan(550);
        assertThat(string(headers, "kafka_dlt-exception-message")).isEqualTo(message);
    }

    static Stream<Arguments> longMessages() {
        return Stream.of(
                argumentSet("one byte each", "x"),
                argumentSet("two bytes each", "я"),
                argumentSet("two bytes each, after one more", "?" + "я".repeat(9)),
                argumentSet("three bytes each", "…"),
                argumentSet("four bytes each", "😀"),
                argumentSet("four bytes each, after one more", "?" + "😀".repeat(9)),
                argumentSet("four bytes each, after two more", "??" + "😀".repeat(9)),
                argumentSet("four bytes each, after three more", "???" + "😀".repeat(9)));
    }

    @ParameterizedTest
    @MethodSource("longMessages")
    void cutAStackTraceBetweenTwoCharacters(String character) throws CharacterCodingException {
        // Given
        Rejection rejection = new Rejection.Failed(new IllegalStateException(character.repeat(5000)), 1);

        // When
        byte[] trace = bytes(headers(rejection), "kafka_dlt-exception-stacktrace");

        // Then
        assertThat(trace).hasSizeBetween(4093, 4096);
        String decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(trace)).toString();
        assertThat(decoded).startsWith("java.lang.IllegalStateException: " + character);
    }

    @Test
    void replaceThoseOfAnEarlierFailure() {
        // Given
        headers(new Rejection.Failed(new IllegalStateException("earlier"), 4)).forEach(source.headers()::add);
        source.headers().add("loginstream-reason", utf8("even earlier")).add("loginstream-redrives", utf8("2"));

        // When
        Headers headers = headers(INVALID);

        // Then
        assertThat(headers).extracting(Header::key).doesNotHaveDuplicates();
        assertThat(string(headers, "loginstream-reason")).startsWith("device_type: missing");
        assertThat(string(headers, "kafka_dlt-exception-stacktrace")).isNull();
        assertThat(string(headers, "loginstream-attempts")).isEqualTo("1");
        assertThat(string(headers, "loginstream-redrives")).isEqualTo("2");
    }

    @Test
    void standBesideThoseOfTheRecordWhichStayAsTheyAre() {
        // Given
        List<Header> own = List.of(
                new RecordHeader("trace", utf8("1")),
                new RecordHeader("", new byte[0]),
                new RecordHeader("CamelKafkaTopic", utf8("elsewhere")),
                new RecordHeader("trace", utf8("2")),
                new RecordHeader("kafka.KEY", null),
                new RecordHeader("заголовок 😀", new byte[] {-1, 0}),
                new RecordHeader("kafka_dlt-exception-cause-fqcn", utf8("another tool's")),
                new RecordHeader("trace", utf8("1")));
        own.forEach(source.headers()::add);

        // When
        Headers headers = headers(INVALID);

        // Then
        assertThat(headers).startsWith(own.toArray(Header[]::new)).hasSize(own.size() + 11);
        assertThat(source.headers()).containsExactlyElementsOf(own);
    }

    @Test
    void goWithoutStackTraceAndWithAShortReasonWhereTheDeadLetterHasToBeSmall() {
        // Given
        Login login = new Login(source, new RecordingOutbox());
        login.reject(new Rejection.Failed(new IllegalStateException("x".repeat(5000)), 1));
        login.reduceDeadLetter(DeadLetterForm.WITHOUT_STACKTRACE);

        // When
        Headers headers = DeadLetterHeaders.of(login, NOW.toString());

        // Then
        assertThat(bytes(headers, "kafka_dlt-exception-stacktrace")).isNull();
        assertThat(bytes(headers, "kafka_dlt-exception-message")).hasSizeLessThan(700);
        assertThat(bytes(headers, "loginstream-reason")).hasSizeLessThan(700);
        assertThat(string(headers, "loginstream-source")).isEqualTo("user-login-2@1841");
    }

    @Test
    void ofAStandInTellWhichRecordItStandsForAndKeepNoneOfItsOwn() {
        // Given
        source.headers().add("large", new byte[5000]);
        source.headers().add("loginstream-redrives", "2".getBytes(UTF_8));
        Login login = new Login(source, new RecordingOutbox());
        login.reject(Rejection.Refused.of(login, INVALID, new RecordTooLargeException("too large")));
        login.reduceDeadLetter(DeadLetterForm.STAND_IN);

        // When
        Headers headers = DeadLetterHeaders.of(login, NOW.toString());

        // Then
        assertThat(bytes(headers, "large")).isNull();
        assertThat(string(headers, "loginstream-redrives")).isEqualTo("2");
        assertThat(string(headers, "loginstream-failure")).isEqualTo("processing");
        assertThat(string(headers, "loginstream-reason"))
                .isEqualTo("no dead letter can hold the 5031 bytes of user-login-2@1841 (RecordTooLargeException);"
                        + " invalid: device_type: missing; ip: not an IP address: \"абв\"");
        assertThat(string(headers, "kafka_dlt-exception-message")).isEqualTo("too large");
    }

    private Headers headers(Rejection rejection) {
        Login login = new Login(source, new RecordingOutbox());
        login.reject(rejection);
        return DeadLetterHeaders.of(login, NOW.toString());
    }

    private static byte[] bytes(Headers headers, String name) {
        List<byte[]> values = StreamSupport.stream(headers.headers(name).spliterator(), false)
                .map(Header::value)
                .toList();
        assertThat(values).hasSizeLessThan(2);
        return values.isEmpty() ? null : values.get(0);
    }

    private static String string(Headers headers, String name) {
        return text(bytes(headers, name));
    }
}
