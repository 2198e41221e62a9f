package loginstream.login;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;

/** Why a record cannot be passed on. A value, not an exception: bad records are expected. */
public sealed interface Rejection {

    /** The kind. */
    Failure failure();

    /** One line for people. */
    String reason();

    /** The class name that tools find in {@code kafka_dlt-exception-fqcn}. */
    String exceptionName();

    /** The exception with the stack trace, or null where there is none to show. */
    Throwable exception();

    /** What a route's failure policy is to see of it. */
    default Exception asException(Exchange exchange) {
        return exception() instanceof Exception known ? known : new ValidationException(exchange, reason());
    }

    /** Not a JSON object in UTF-8 within the limits. */
    record Unparseable(UnparseableLoginException exception) implements Rejection {
        @Override
        public Failure failure() {
            return Failure.UNPARSEABLE;
        }

        @Override
        public String reason() {
            return exception.getMessage();
        }

        @Override
        public String exceptionName() {
            return exception.getClass().getName();
        }
    }

    /** A JSON object that breaks rules; all violations, never empty. */
    record Invalid(List<Violation> violations) implements Rejection {
        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("a rejection needs a violation");
            }
        }

        @Override
        public Failure failure() {
            return Failure.INVALID;
        }

        @Override
        public String reason() {
            return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        }

        @Override
        public String exceptionName() {
            return ValidationException.class.getName();
        }

        @Override
        public Throwable exception() {
            return null;
        }
    }

    /** A step threw, or the brokers refused the record, after all redeliveries. */
    record Failed(Throwable exception, int attempts) implements Rejection {
        @Override
        public Failure failure() {
            return Failure.PROCESSING;
        }

        @Override
        public String reason() {
            String message = exception.getMessage();
            return exception.getClass().getSimpleName() + (message == null ? "" : ": " + PlainText.of(message, 500));
        }

        @Override
        public String exceptionName() {
            return exception.getClass().getName();
        }
    }

    /** How often the record was tried: once, unless a step threw. */
    default int tried() {
        return this instanceof Failed failed ? failed.attempts() : 1;
    }
}
