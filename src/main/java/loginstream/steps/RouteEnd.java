package loginstream.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import loginstream.login.UnsentLoginException;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.Route;
import org.apache.camel.processor.errorhandler.DefaultErrorHandler;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Decides what has become of each login when a route has ended: it was sent, dropped on purpose, or rejected. What was
 * rejected on the way goes the way that the route has for exceptions; a login that was none of these is rejected now; and
 * what a route leaves rejected is sent to the dead letters all the same. Then everything that waited is sent, in the
 * order of the logins.
 */
public final class RouteEnd {
    private final Lifting lifting;
    private final LoginRoutes routes;
    private final FailedLogins failed;
    private final ToIntFunction<Exchange> tries;

    /**
     * @param tries how often what an exchange is about was tried
     */
    RouteEnd(Lifting lifting, LoginRoutes routes, FailedLogins failed, ToIntFunction<Exchange> tries) {
        this.lifting = lifting;
        this.routes = routes;
        this.failed = failed;
        this.tries = tries;
    }

    /**
     * A batch has come to the end of a route.
     *
     * @throws StoppedWhileWaitingException if Camel is stopping, and has broken off steps
     * @throws RuntimeException that a step has thrown, if it concerns no login
     */
    public void conclude(LoginBatch batch, Exchange exchange, Route route) {
        batch.forEach(RouteEnd::requireServed);
        batch.takeFailures().forEach(failure -> reject(failure.login(), failure.exception(), 1));
        List<Login> rejected = new ArrayList<>();
        for (Login login : batch) {
            if (login.state() == Login.State.OPEN) {
                decide(login, login.exchange());
            }
            if (login.state() == Login.State.REJECTED) {
                rejected.add(login);
            }
        }
        if (!rejected.isEmpty()) {
            goTheWayOfFailures(rejected, exchange, route);
        }
        for (Login login : batch) {
            leave(login);
        }
    }

    /** Also where a route's way for exceptions, which cannot tell, has taken care of the login. */
    private static void requireServed(Login login) {
        if (login.unserved() != null) {
            throw login.unserved();
        }
    }

    /** A login that has come as a plain message, alone, has come to the end of a route. */
    public void conclude(Login login, Exchange exchange, Route route) {
        if (exchange.getException() != null) {
            return; // whoever sent it is told
        }
        decide(login, exchange);
        if (login.state() == Login.State.REJECTED && !login.isDeadLetter()) {
            goTheWayOfFailures(List.of(login), exchange, route);
        }
        if (login.state() == Login.State.REJECTED && login.isAnswered()) {
            login.process();
        }
        login.sendWaiting();
        login.end();
    }

    private void decide(Login login, Exchange own) {
        Exception failure = own == null ? null : failureOf(own);
        if (failure instanceof StoppedWhileWaitingException stopping) {
            throw stopping;
        }
        if (failure != null) {
            if (login.isDelivered()) {
                failed.passedOn(login, failure);
                login.process();
            } else {
                reject(login, failure, tries.applyAsInt(own));
            }
        } else if (login.isSent()) {
            login.process();
        } else if (own != null && own.isRouteStop()) {
            login.filterOut();
        } else {
            reject(login, new UnsentLoginException(), 1);
        }
    }

    private static Exception failureOf(Exchange own) {
        if (own.getException() != null) {
            return own.getException();
        }
        return own.isRollbackOnly() || own.isRollbackOnlyLast()
                ? new RollbackExchangeException("the route has marked it for a rollback", own)
                : null;
    }

    private static void reject(Login login, Exception failure, int tries) {
        login.reject(new Rejection.Failed(failure, tries));
    }

    /** Camel's own one, without any policy, does nothing about a failure but log it as an error. */
    private boolean isIdle(AsyncProcessor errorHandler, Route route) {
        return errorHandler instanceof DefaultErrorHandler && !routes.hasPolicies(route.getRouteId());
    }

    /** Many at once where they have no exchange of their own and the route makes no difference between them. */
    private void goTheWayOfFailures(List<Login> rejected, Exchange exchange, Route route) {
        AsyncProcessor errorHandler = lifting.errorHandlerOf(route.getRouteId());
        if (errorHandler == null || isIdle(errorHandler, route)) {
            return;
        }
        boolean together = routes.hasPlainPolicies(route.getRouteId());
        Map<Class<?>, List<Login>> byException = new LinkedHashMap<>();
        List<Login> single = new ArrayList<>();
        for (Login login : rejected) {
            if (wasHandled(login) || login.isAnswered()) {
                continue;
            }
            login.goOn();
            if (together && login.exchange() == null) {
                byException
                        .computeIfAbsent(login.rejection().exceptionType(), any -> new ArrayList<>())
                        .add(login);
            } else {
                single.add(login);
            }
        }
        for (List<Login> alike : byException.values()) {
            goTogether(alike, exchange, route, errorHandler);
        }
        for (Login login : single) {
            goAlone(login, lifting.exchangeOf(login, exchange), errorHandler);
        }
    }

    /** A step's own error handler has seen it already. */
    private static boolean wasHandled(Login login) {
        Exchange own = login.exchange();
        return own != null && (own.getException() != null || ExchangeHelper.isFailureHandled(own));
    }

    private void goTogether(List<Login> rejected, Exchange exchange, Route route, AsyncProcessor errorHandler) {
        Exchange together = new DefaultExchange(exchange.getContext());
        together.getExchangeExtension().setFromEndpoint(exchange.getFromEndpoint());
        together.getExchangeExtension().setFromRouteId(exchange.getFromRouteId());
        together.getExchangeExtension().setNotifyEvent(true);
        LoginBatch batch = LoginBatch.ofRejected(rejected);
        together.getMessage().setBody(batch);
        together.setProperty(LoginBatch.PROPERTY, batch);
        UnitOfWork unit = new LoginUnitOfWork(together);
        unit.pushRoute(route);
        together.getExchangeExtension().setUnitOfWork(unit);
        try {
            handle(together, rejected.get(0).rejection().asException(together), errorHandler);
        } finally {
            unit.done(together);
        }
    }

    private void goAlone(Login login, Exchange own, AsyncProcessor errorHandler) {
        own.setRouteStop(false);
        own.setRollbackOnly(false);
        own.removeProperty(ExchangePropertyKey.EXCEPTION_CAUGHT);
        handle(own, login.rejection().asException(own), errorHandler);
    }

    /**
     * It has been tried as often as it should be. The error handler of a step is to handle that failure and not to run its
     * step, for which Camel has one sign only: that a consumer's failure is bridged to it.
     */
    private void handle(Exchange exchange, Exception failure, AsyncProcessor errorHandler) {
        exchange.setException(failure);
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        Lifting.process(errorHandler, exchange);
        exchange.removeProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE);
    }

    private void leave(Login login) {
        if (login.state() == Login.State.REJECTED) {
            if (login.isAnswered()) { // by what the route does on exceptions
                login.process();
            } else {
                failed.sendDeadLetter(login);
            }
        }
        login.sendWaiting();
        login.end();
    }
}
