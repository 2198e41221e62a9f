package loginstream.steps;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultUnitOfWork;

/** The unit of work of a login's own exchange: done when the login's results have committed, or when it was given up. */
final class LoginUnitOfWork extends DefaultUnitOfWork {

    LoginUnitOfWork(Exchange own) {
        super(own);
    }
}
