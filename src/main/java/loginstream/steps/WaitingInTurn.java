package loginstream.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultAsyncProcessorAwaitManager;

/**
 * Waits where a step has others within it done before it goes on, as a circuit breaker has, or a bean that sends to another
 * route. A thread that handles a batch does meanwhile what is due on it, redeliveries within that step above all: nobody
 * else would do them, and it would wait for ever.
 */
final class WaitingInTurn extends DefaultAsyncProcessorAwaitManager {
    private final DueTasks dueTasks;
    private final Map<CountDownLatch, DueTasks.Turn> waiting = new ConcurrentHashMap<>();

    WaitingInTurn(DueTasks dueTasks) {
        this.dueTasks = dueTasks;
    }

    @Override
    public void await(Exchange exchange, CountDownLatch latch) {
        DueTasks.Turn turn = dueTasks.current();
        if (turn == null) {
            super.await(exchange, latch);
            return;
        }
        waiting.put(latch, turn);
        try {
            turn.runUntil(
                    () -> latch.getCount() == 0,
                    exchange.getContext().getCamelContextExtension().getReactiveExecutor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (StoppedWhileWaitingException e) {
            exchange.setException(e);
        } finally {
            waiting.remove(latch);
        }
    }

    @Override
    public void countDown(Exchange exchange, CountDownLatch latch) {
        super.countDown(exchange, latch);
        DueTasks.Turn turn = waiting.get(latch);
        if (turn != null) {
            turn.signal();
        }
    }
}
