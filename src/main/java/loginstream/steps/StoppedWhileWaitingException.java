package loginstream.steps;

import java.util.concurrent.RejectedExecutionException;

/** The route stops while logins wait for their redelivery, for longer than a stop may take: their batch comes again. */
final class StoppedWhileWaitingException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    StoppedWhileWaitingException() {
        super("stopped while logins wait for their redelivery");
    }
}
