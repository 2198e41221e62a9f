package loginstream.steps;

import loginstream.login.Login;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;

/**
 * Is told of the steps that send something for a single login: Camel's own events leave the exchanges of logins out. It
 * must change nothing in the exchange, and throw nothing.
 */
@FunctionalInterface
public interface StepWatch {
    /** Exchange property of a batch that each of its logins' own exchanges gets, too: for whoever watches. */
    String PROPERTY = "loginstream.watch";

    /** Where nobody does. */
    StepWatch NONE = (step, endpoint) -> null;

    /**
     * Whether it wants to be told of a step.
     *
     * @param endpoint where the step sends to; null where that is known only when it is run
     * @return what is told, or null
     */
    Watched of(NamedNode step, Endpoint endpoint);

    /** Is told each time that the step is run. */
    @FunctionalInterface
    interface Watched {
        End begin(Login login, Exchange exchange);
    }

    /** Is told, perhaps on another thread, that this run of the step has ended. */
    @FunctionalInterface
    interface End {
        void ended(Exchange exchange);
    }
}
