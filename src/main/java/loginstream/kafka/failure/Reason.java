package loginstream.kafka.failure;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why something failed, in one line. */
public final class Reason {
    /** Camel's name for an exchange at the end of a message: it says nothing to anybody. */
    private static final Pattern CAMELS_EXCHANGE = Pattern.compile("( on the exchange)?[.:]? Exchange\\[[^]]*]$");

    private Reason() {}

    /** The innermost cause, its class and its message: those around it only say that something failed. */
    public static String of(Throwable failure) {
        Optional<String> refused = AccessRefusal.of(failure);
        if (refused.isPresent()) {
            return refused.get();
        }
        Throwable root = innermost(failure);
        String message = oneLine(root.getMessage());
        return root instanceof Explained ? message : root.getClass().getSimpleName() + ": " + message;
    }

    /** The innermost message, for people to whom a class says nothing; the name of the class where there is no message. */
    public static String message(Throwable failure) {
        Optional<String> refused = AccessRefusal.of(failure);
        if (refused.isPresent()) {
            return refused.get();
        }
        Throwable telling = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                telling = cause;
            }
        }
        return telling.getMessage() == null
                ? innermost(failure).getClass().getSimpleName()
                : oneLine(telling.getMessage());
    }

    static Throwable innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** A message without line breaks, and without what only Camel knows. */
    public static String oneLine(String message) {
        return CAMELS_EXCHANGE
                .matcher(String.valueOf(message).replaceAll("\\s+", " "))
                .replaceFirst("");
    }
}
