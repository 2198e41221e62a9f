package loginstream.steps;

import loginstream.login.Login;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** {@code removeProperties} of whatever there is: which login the exchange is about is not for it to take away. */
final class LoginStays extends DelegateAsyncProcessor {

    LoginStays(Processor removing) {
        super(AsyncProcessorConverterHelper.convert(removing));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Object login = exchange.getProperty(Login.PROPERTY);
        return super.process(exchange, doneSync -> {
            if (login != null) {
                exchange.setProperty(Login.PROPERTY, login);
            }
            callback.done(doneSync);
        });
    }
}
