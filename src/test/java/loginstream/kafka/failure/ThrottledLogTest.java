package loginstream.kafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import loginstream.fixture.CapturedOutput;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThrottledLogTest {
    private long now;
    private final ThrottledLog log = new ThrottledLog(LoggerFactory.getLogger("throttled"), () -> now);

    @Test
    void tellsNewsAtOnceAndTheSameEveryHalfMinute() {
        // When
        List<String> lines = lines(() -> {
            for (int second = 0; second < 61; second++) {
                now = Duration.ofSeconds(second).toNanos();
                log.warn("a", "first " + second);
                log.warn("b", "second " + second);
            }
        });

        // Then
        assertThat(lines).containsExactly("first 0", "second 0", "first 30", "second 30", "first 60", "second 60");
    }

    @Test
    void tellsThatItIsOverWhereItWasTold() {
        // When
        List<String> lines = lines(() -> {
            log.over("nothing was told");
            log.warn("a", "told");
            log.over("it is over");
            log.warn("a", "told again");
        });

        // Then
        assertThat(lines).containsExactly("told", "it is over", "told again");
    }

    private static List<String> lines(Runnable telling) {
        try (CapturedOutput output = new CapturedOutput()) {
            telling.run();
            return output.err()
                    .lines()
                    .map(line -> line.substring(line.indexOf(" - ") + 3))
                    .toList();
        }
    }
}
