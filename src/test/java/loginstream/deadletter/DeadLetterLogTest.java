package loginstream.deadletter;

import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.record;
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
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.Violation;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final DeadLetterLog log = new DeadLetterLog(clock.withZone(ZoneOffset.UTC));

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

    private Login rejected(long offset) {
        Login login = new Login(record(offset, "key", "{\"secret\":1}"), new RecordingOutbox());
        login.reject(new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing"))));
        return login;
    }

    private static List<String> linesOf(Runnable logging) {
        try (CapturedOutput output = new CapturedOutput()) {
            logging.run();
            return output.err().lines().toList();
        }
    }
}
