package loginstream.steps;

import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.spi.ErrorHandlerAware;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * A step of a route, made fit for batches: where the message body is a {@link LoginBatch}, it does what it does for each
 * login; every other exchange goes through it as if this were not here.
 */
class LiftedStep extends DelegateAsyncProcessor implements WrapAwareProcessor, ErrorHandlerAware, StepRun.Step {
    private final Processor wrapped;
    private final StepKind kind;
    private final Lifting lifting;
    private final String routeId;
    private AsyncProcessor errorHandler;
    private StepWatch.Watched watched;

    /**
     * @param target what is run for each login
     * @param wrapped what Camel has made of the definition
     * @param routeId of the route that the step is in
     */
    LiftedStep(Processor target, Processor wrapped, StepKind kind, Lifting lifting, String routeId) {
        super(target);
        this.wrapped = wrapped;
        this.kind = kind;
        this.lifting = lifting;
        this.routeId = routeId;
    }

    /** From now on that is told of each login that it sends something for; null for nobody. */
    void watchedBy(StepWatch.Watched watch) {
        watched = watch;
    }

    @Override
    public Processor getWrapped() {
        return wrapped;
    }

    /** The first one is that of this step; Camel then sets one for all steps of the route, which is without output. */
    @Override
    public void setErrorHandler(Processor handler) {
        if (errorHandler == null && handler instanceof AsyncProcessor async && Lifting.takesFailures(handler)) {
            errorHandler = async;
            lifting.noteErrorHandler(routeId, async);
        }
    }

    @Override
    public Processor getErrorHandler() {
        return errorHandler;
    }

    @Override
    public boolean mayLeaveHeaders() {
        return kind.mayLeaveHeaders();
    }

    @Override
    public long patienceNanos() {
        return lifting.patienceOf(routeId).leftNanos();
    }

    @Override
    protected void doStart() throws Exception {
        lifting.patienceOf(routeId).forgetStop();
        super.doStart();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!(exchange.getMessage().getBody() instanceof LoginBatch batch)) {
            Login login = kind.isObserved() ? exchange.getProperty(Login.PROPERTY, Login.class) : null;
            return login == null ? super.process(exchange, callback) : observed(login, exchange, callback);
        }
        try (StepRun run = lifting.begin(this, errorHandler)) {
            handle(batch, exchange, run);
            if (run.hasUnfinished()) {
                batch.waits();
                run.await();
                batch.noteWait(run.waitedNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            // What fails as a whole comes again in parts: no error handler is to try it again, or to take care of it.
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
        }
        callback.done(true);
        return true;
    }

    /** What the step does where it meets a batch. */
    void handle(LoginBatch batch, Exchange exchange, StepRun run) throws Exception {
        batch.keepOrder();
        for (Login login : batch) {
            if (batch.isOnItsWay(login)) {
                run.run(login, lifting.exchangeOf(login, exchange));
            }
        }
    }

    /** A step that sends, or has steps within: what it has sent is taken back where it is tried again. */
    private boolean observed(Login login, Exchange exchange, AsyncCallback callback) {
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (caught != null) {
            login.sends().again(this, caught, exchange.getIn().getHeader(Exchange.REDELIVERED) != null);
        }
        int before = login.sends().waiting();
        StepWatch.End end = watched == null ? null : watched.begin(login, exchange);
        Outside outside = kind == StepKind.OUTSIDE ? Outside.leave(exchange) : null;
        return processor.process(exchange, doneSync -> {
            if (outside != null) {
                outside.comeBack(exchange);
            }
            if (end != null) {
                end.ended(exchange);
            }
            if (exchange.getException() != null) {
                login.sends().failed(this, exchange.getException(), before);
            } else if (kind == StepKind.SENDING) {
                lifting.noteMock(login, exchange);
            }
            callback.done(doneSync);
        });
    }
}
