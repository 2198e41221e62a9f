package loginstream.deadletter;

import java.time.Clock;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** One line for each login that fails, as long as they are few; when thousands fail, a few of them and how many more. */
public final class DeadLetterLog {
    private static final int LINES_PER_SECOND = 5;

    private final Clock clock;
    private final boolean mayQuote;
    private final Logger log;
    private long second;
    private int lines;
    private long unsaid;

    /**
     * @param mayQuote whether a reason may hold a short piece of the record; if not, what others have said (the JSON
     *     parser, a step that threw) is left out. The rules of the validation know by themselves what they may quote.
     */
    public DeadLetterLog(Clock clock, boolean mayQuote) {
        this(clock, mayQuote, LoggerFactory.getLogger("loginstream.dead-letters"));
    }

    private DeadLetterLog(Clock clock, boolean mayQuote, Logger log) {
        this.clock = clock;
        this.mayQuote = mayQuote;
        this.log = log;
    }

    /** One that says nothing. */
    public static DeadLetterLog none(Clock clock) {
        return new DeadLetterLog(clock, false, NOPLogger.NOP_LOGGER);
    }

    /** The results of a batch have committed, its dead letters among them. */
    public void committed(LoginBatch batch) {
        for (Login login : batch) {
            if (login.state() == Login.State.DEAD_LETTERED) {
                sent(login);
            }
        }
    }

    void sent(Login login) {
        Rejection rejection = login.rejection();
        warn("dead letter {} {}: {}", login.position(), rejection.failure().word(), reason(rejection));
    }

    /** A login has failed when it had been sent already. */
    void passedOn(Login login, Throwable failure) {
        Rejection rejection = new Rejection.Failed(failure, 1);
        warn("{} {}, but a later step failed: {}", login.position(), "was passed on", reason(rejection));
    }

    private synchronized void warn(String format, String login, String what, String why) {
        long now = clock.millis() / 1000;
        if (now != second) {
            if (unsaid > 0) {
                log.warn("and {} more dead letters", unsaid);
            }
            second = now;
            lines = 0;
            unsaid = 0;
        }
        if (lines < LINES_PER_SECOND) {
            lines++;
            log.warn(format, login, what, why);
        } else {
            unsaid++;
        }
    }

    private String reason(Rejection rejection) {
        String reason = rejection.reason();
        return mayQuote || rejection instanceof Rejection.Invalid ? reason : reason.split(":", 2)[0];
    }
}
