package loginstream.steps;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultUnitOfWork;

/** The unit of work of an exchange that this package makes, for one login or for those that go the way of failures together. */
final class LoginUnitOfWork extends DefaultUnitOfWork {

    LoginUnitOfWork(Exchange own) {
        super(own);
    }
}
