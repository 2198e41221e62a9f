package loginstream.deadletter;

import java.time.Clock;
import loginstream.login.Login;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each dead letter, as long as they are few; when thousands fail, a few of them and how many more. */
final class DeadLetterLog {
    private static final int LINES_PER_SECOND = 5;
    private static final Logger LOG = LoggerFactory.getLogger("loginstream.dead-letters");

    private final Clock clock;
    private long second;
    private int lines;
    private long unsaid;

    DeadLetterLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void sent(Login login) {
        long now = clock.millis() / 1000;
        if (now != second) {
            if (unsaid > 0) {
                LOG.warn("and {} more dead letters", unsaid);
            }
            second = now;
            lines = 0;
            unsaid = 0;
        }
        if (lines < LINES_PER_SECOND) {
            lines++;
            LOG.warn(
                    "dead letter {} {}: {}",
                    login.position(),
                    login.rejection().failure(),
                    login.rejection().reason());
        } else {
            unsaid++;
        }
    }
}
