package loginstream.delivery.settlement;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import loginstream.kafka.failure.Reason;
import loginstream.logging.LoginFields;
import loginstream.login.DeadLetterForm;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records whose dead letters were refused by the dead-letter topic: decides in which form each is tried next, so that no
 * record stops its partition for ever.
 */
final class RefusedDeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedDeadLetters.class);

    private final Map<Position, Refused> refused = new HashMap<>();

    private record Refused(DeadLetterForm next, Rejection rejection, Throwable reason) {}

    /**
     * A dead letter was refused.
     *
     * @return whether there is a form left to try
     */
    boolean add(Login login, Exception reason) {
        DeadLetterForm next = after(login.deadLetterForm(), reason);
        String why = Reason.of(reason);
        LoginFields.of(login).failure(login.rejection().failure(), why).during(() -> tell(login, next, why));
        if (next == null) {
            return false;
        }
        refused.put(Position.of(login.source()), new Refused(next, login.rejection(), reason));
        return true;
    }

    private static void tell(Login login, DeadLetterForm nextOrNull, String why) {
        if (nextOrNull == null) {
            LOG.error("the dead-letter topic refuses even a stand-in for {}: {}", login, why);
        } else if (nextOrNull == DeadLetterForm.STAND_IN) {
            LOG.error("the dead-letter topic refuses {}, a stand-in takes its place: {}", login, why);
        } else {
            LOG.warn("the dead-letter topic refuses {}, next {}: {}", login, nextOrNull.word(), why);
        }
    }

    /** The next form, or null where there is none. */
    private static DeadLetterForm after(DeadLetterForm form, Exception reason) {
        boolean tooLarge = reason instanceof RecordTooLargeException;
        return switch (form) {
            case WHOLE -> tooLarge ? DeadLetterForm.WITHOUT_STACKTRACE : DeadLetterForm.WITHOUT_TIMESTAMP;
            case WITHOUT_TIMESTAMP -> DeadLetterForm.WITHOUT_STACKTRACE;
            case WITHOUT_STACKTRACE -> DeadLetterForm.STAND_IN;
            case STAND_IN -> null;
        };
    }

    /** These go through the route again: should they become dead letters once more, then in the form that is next. */
    void reduce(LoginBatch batch) {
        if (refused.isEmpty()) {
            return;
        }
        for (Login login : batch) {
            Refused known = refused.get(Position.of(login.source()));
            if (known != null) {
                login.reduceDeadLetter(known.next());
                if (known.next() == DeadLetterForm.STAND_IN) {
                    login.reject(Rejection.Refused.of(login, known.rejection(), known.reason()));
                }
            }
        }
    }

    boolean isEmpty() {
        return refused.isEmpty();
    }

    /** Forgets those whose positions are these. */
    void forget(Predicate<Position> done) {
        refused.keySet().removeIf(done);
    }
}
