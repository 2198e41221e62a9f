package loginstream.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginMap;
import org.apache.camel.Exchange;

/**
 * What goes along to a step that hands a copy of the exchange to somebody who will go on with it later, on another
 * thread: members as they are now, and no longer the login itself. So what is sent from there is outside of the login's
 * transaction.
 */
final class Outside {
    private final Object login;
    private final Object body;
    private final Object copied;

    private Outside(Object login, Object body, Object copied) {
        this.login = login;
        this.body = body;
        this.copied = copied;
    }

    static Outside leave(Exchange exchange) {
        Object login = exchange.removeProperty(Login.PROPERTY);
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof LoginMap members)) {
            return new Outside(login, body, body);
        }
        Map<String, Object> copy = new LinkedHashMap<>(members);
        exchange.getMessage().setBody(copy);
        return new Outside(login, body, copy);
    }

    void comeBack(Exchange exchange) {
        exchange.setProperty(Login.PROPERTY, login);
        if (exchange.getMessage().getBody() == copied) {
            exchange.getMessage().setBody(body);
        }
    }
}
