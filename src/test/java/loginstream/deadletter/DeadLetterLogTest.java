package loginstream.deadletter;

import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import loginstream.fixture.CapturedOutput;
import loginstream.fixture.RecordingOutbox;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.UnparseableLoginException;
import loginstream.login.Violation;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final DeadLetterLog log = new DeadLetterLog(clock.withZone(ZoneOffset.UTC), true);

    @Test
    void saysOfEachWhereItCameFromAndWhy() {
        // Given
        Login login = rejected(1841);

        // When
        List<String> lines = linesOf(() -> log.sent(login));

        // Then
        assertThat(lines).singleElement().asString().endsWith("dead letter user-login-2@1841 invalid: ip: missing");
    }

    @Test
    void saysOfManyInASecondOnlyHowManyMoreThereWere() {
        // Given
        List<Login> logins = IntStream.range(0, 2001).mapToObj(this::rejected).toList();

        // When
        List<String> lines = linesOf(() -> {
            logins.subList(0, 2000).forEach(log::sent);
            now.updateAndGet(before -> before.plus(Duration.ofSeconds(1)));
            log.sent(logins.get(2000));
        });

        // Then
        assertThat(lines).hasSize(7);
        assertThat(lines.subList(0, 5)).allMatch(line -> line.contains("dead letter user-login-2@"));
        assertThat(lines.get(5)).endsWith("and 1995 more dead letters");
        assertThat(lines.get(6)).contains("dead letter user-login-2@2000 ");
    }

    @Test
    void quotesNothingOfTheRecordWhereItMayNot() {
        // Given
        DeadLetterLog discreet = new DeadLetterLog(clock.withZone(ZoneOffset.UTC), false);
        Login unparseable = rejected(
                1, new Rejection.Unparseable(new UnparseableLoginException("not JSON: Unrecognized token 'fe80'")));
        Login failed = rejected(2, new Rejection.Failed(new IllegalStateException("no country for fe80::1"), 4));
        Login invalid = rejected(3);

        // When
        List<String> lines = linesOf(() -> List.of(unparseable, failed, invalid).forEach(discreet::sent));

        // Then
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith("user-login-2@1 unparseable: not JSON");
        assertThat(lines.get(1)).endsWith("user-login-2@2 processing: IllegalStateException");
        assertThat(lines.get(2)).endsWith("user-login-2@3 invalid: ip: missing");
    }

    @Test
    void saysOfABatchWhichOfItsLoginsAreDeadLetters() {
        // Given
        LoginBatch batch = new LoginBatch(
                List.of(record(1, "key", "{}"), record(2, "key", "{}"), record(3, "key", "{}")), new RecordingOutbox());
        List<Login> logins = allOf(batch);
        logins.get(0).process();
        logins.get(1).reject(new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing"))));
        logins.get(1).becomeDeadLetter(new RecordHeaders());
        logins.get(1).noteSent(false);
        logins.get(2).filterOut();

        // When
        List<String> lines = linesOf(() -> log.onCommit(batch).run());

        // Then
        assertThat(lines).singleElement().asString().endsWith("dead letter user-login-2@2 invalid: ip: missing");
    }

    private Login rejected(long offset) {
        return rejected(offset, new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing"))));
    }

    private Login rejected(long offset, Rejection why) {
        Login login = new Login(record(offset, "key", "{\"secret\":1}"), new RecordingOutbox());
        login.reject(why);
        return login;
    }

    private static List<String> linesOf(Runnable logging) {
        try (CapturedOutput output = new CapturedOutput()) {
            logging.run();
            return output.err().lines().toList();
        }
    }
}
