package loginstream.login;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

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

    /** The class of {@link #asException}. */
    default Class<? extends Throwable> exceptionType() {
        return exception() instanceof Exception known ? known.getClass() : ValidationException.class;
    }

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
            Throwable telling = telling();
            String message = telling.getMessage();
            return telling.getClass().getSimpleName() + (message == null ? "" : ": " + PlainText.of(message, 500));
        }

        /** Camel's wrapper tells only that there was an exception. */
        private Throwable telling() {
            return exception instanceof CamelExecutionException && exception.getCause() != null
                    ? exception.getCause()
                    : exception;
        }

        @Override
        public String exceptionName() {
            return exception.getClass().getName();
        }
    }

    /**
     * Rejected, and then its dead letter was refused as well.
     *
     * @param original why it was rejected at first
     * @param exception why the brokers refuse the dead letter
     * @param source where the record is
     * @param bytes its size: key, value and headers
     */
    record Refused(Rejection original, Throwable exception, String source, int bytes) implements Rejection {
        /** What is known of the login, which was rejected for this reason. */
        public static Refused of(Login login, Rejection original, Throwable exception) {
            ConsumerRecord<byte[], byte[]> source = login.source();
            int bytes = Math.max(0, source.serializedKeySize()) + Math.max(0, source.serializedValueSize());
            for (Header header : source.headers()) {
                bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
            }
            return new Refused(original, exception, login.position(), bytes);
        }

        @Override
        public Failure failure() {
            return Failure.PROCESSING;
        }

        @Override
        public String reason() {
            return "no dead letter can hold the " + bytes + " bytes of " + source + " ("
                    + exception.getClass().getSimpleName() + "); "
                    + original.failure().word() + ": "
                    + PlainText.of(original.reason(), 500);
        }

        @Override
        public String exceptionName() {
            return exception.getClass().getName();
        }
    }

    /** How often the record was tried: once, unless a step threw. */
    default int tried() {
        if (this instanceof Refused refused) {
            return refused.original().tried();
        }
        return this instanceof Failed failed ? failed.attempts() : 1;
    }
}
