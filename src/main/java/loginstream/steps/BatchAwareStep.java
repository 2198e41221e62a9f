package loginstream.steps;

import loginstream.login.LoginBatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that handles a whole batch at once. Where it throws at a login, that one goes on as at any other step. */
final class BatchAwareStep extends LiftedStep {
    private final BatchOperation operation;
    private final Lifting lifting;

    BatchAwareStep(Processor target, Processor wrapped, BatchOperation operation, Lifting lifting, String routeId) {
        super(target, wrapped, StepKind.LEAF, lifting, routeId);
        this.operation = operation;
        this.lifting = lifting;
    }

    /** What it does to a batch. */
    @FunctionalInterface
    interface BatchOperation {
        void apply(LoginBatch batch, Exchange exchange) throws Exception;
    }

    @Override
    void handle(LoginBatch batch, Exchange exchange, StepRun run) throws Exception {
        operation.apply(batch, exchange);
        for (LoginBatch.Failure failure : batch.takeFailures()) {
            batch.keepOrder();
            run.failed(failure.login(), lifting.exchangeOf(failure.login(), exchange), failure.exception());
        }
    }
}
