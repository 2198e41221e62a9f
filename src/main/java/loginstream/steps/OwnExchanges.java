package loginstream.steps;

import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginMessage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;

/**
 * Gives a login an exchange of its own at the first ordinary step it meets; it keeps it to the end of its way, so that
 * headers, properties, variables and what is to be done on completion last from step to step.
 */
final class OwnExchanges {
    private final HeaderFilterStrategy filter = new KafkaHeaderFilterStrategy();

    /** The login's exchange, made now where there is none yet. */
    Exchange of(Login login, Exchange batchExchange) {
        Exchange own = login.exchange();
        return own == null ? begin(login, batchExchange) : own;
    }

    private Exchange begin(Login login, Exchange batchExchange) {
        DefaultExchange own = new DefaultExchange(batchExchange.getContext());
        own.getExchangeExtension().setFromEndpoint(batchExchange.getFromEndpoint());
        own.getExchangeExtension().setFromRouteId(batchExchange.getFromRouteId());
        // Camel's own metrics count exchanges of the route, which are batches.
        own.getExchangeExtension().setNotifyEvent(true);
        own.setProperty(Login.PROPERTY, login);
        Object watch = batchExchange.getProperty(StepWatch.PROPERTY);
        if (watch != null) {
            own.setProperty(StepWatch.PROPERTY, watch);
        }
        own.setIn(message(login, batchExchange));
        own.getMessage().setBody(body(login));
        if (login.rejection() != null) {
            own.setProperty(
                    ExchangePropertyKey.EXCEPTION_CAUGHT, login.rejection().asException(own));
        }
        Route route = batchExchange.getUnitOfWork() == null
                ? null
                : batchExchange.getUnitOfWork().getRoute();
        UnitOfWork unit = new LoginUnitOfWork(own);
        own.getExchangeExtension().setUnitOfWork(unit);
        if (route != null) {
            unit.pushRoute(route);
        }
        login.travelIn(own);
        return own;
    }

    /** One that was consumed has the headers of its record, another those of the message it came in. */
    private DefaultMessage message(Login login, Exchange batchExchange) {
        if (isConsumed(batchExchange)) {
            return new LoginMessage(batchExchange.getContext(), login, filter);
        }
        DefaultMessage message = new DefaultMessage(batchExchange.getContext());
        Map<String, Object> headers = batchExchange.getMessage().getHeaders();
        message.setHeaders(batchExchange
                .getContext()
                .getCamelContextExtension()
                .getHeadersMapFactory()
                .newMap(headers));
        return message;
    }

    private static boolean isConsumed(Exchange batchExchange) {
        LoginBatch batch = batchExchange.getProperty(LoginBatch.PROPERTY, LoginBatch.class);
        return batch == null || !batch.isPlain();
    }

    private static Object body(Login login) {
        if (login.isDeadLetter()) {
            return login.source().value();
        }
        if (login.isMarshalled()) {
            return login.json();
        }
        return login.members() == null ? login.source().value() : login.asMap();
    }
}
