package loginstream.deadletter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import loginstream.logging.LoginFields;
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

    /** What there is to be told of a batch once its results have committed, its dead letters among them. */
    public Runnable onCommit(LoginBatch batch) {
        // Looked for now: by the time of the commit the logins are in no cache of the processor any more.
        List<Login> deadLetters = new ArrayList<>();
        for (Login login : batch) {
            if (login.state() == Login.State.DEAD_LETTERED) {
                deadLetters.add(login);
            }
        }
        return () -> deadLetters.forEach(this::sent);
    }

    void sent(Login login) {
        if (mayTell()) {
            Rejection rejection = login.rejection();
            String reason = reason(rejection);
            LoginFields.of(login)
                    .failure(rejection.failure(), reason)
                    .during(() -> log.warn(
                            "dead letter {} {}: {}",
                            login.position(),
                            rejection.failure().word(),
                            reason));
        }
    }

    /** A login has failed when it had been sent already. */
    void passedOn(Login login, Throwable failure) {
        if (mayTell()) {
            Rejection rejection = new Rejection.Failed(failure, 1);
            String reason = reason(rejection);
            LoginFields.of(login)
                    .failure(rejection.failure(), reason)
                    .during(() -> log.warn("{} was passed on, but a later step failed: {}", login.position(), reason));
        }
    }

    /** Whether another line may be written; if not, it is counted. */
    private synchronized boolean mayTell() {
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
            return true;
        }
        unsaid++;
        return false;
    }

    private String reason(Rejection rejection) {
        String reason = rejection.reason();
        return mayQuote || rejection instanceof Rejection.Invalid ? reason : reason.split(":", 2)[0];
    }
}
