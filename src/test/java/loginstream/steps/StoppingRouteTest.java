package loginstream.steps;

import static loginstream.fixture.LoginRecords.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import loginstream.login.Login;
import org.apache.camel.Channel;
import org.apache.camel.Processor;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A route that is stopped, by itself as before a reload, while a login waits for its redelivery. */
@Timeout(30)
class StoppingRouteTest {
    private static final String ROUTE = "user-login";

    private final CountDownLatch failing = new CountDownLatch(1);
    private volatile Blocking atEach = () -> {};
    private StepsFixture fixture;

    private interface Blocking {
        void run() throws InterruptedException;
    }

    @BeforeEach
    void start() throws Exception {
        fixture = new StepsFixture(Map.of("loginstream.retry.delay", "1h", "loginstream.retry.max-delay", "1h"));
        fixture.bind("failing", (Processor) exchange -> {
            atEach.run();
            if (exchange.getMessage().getBody(String.class).contains("iOS")) {
                failing.countDown();
                throw new IllegalStateException("no database");
            }
        });
        fixture.yaml("""
                - route:
                    id: user-login
                    errorHandler:
                      defaultErrorHandler: {redeliveryPolicyRef: redeliveryPolicy}
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - process: {ref: failing}
                        - to: kafka:processed-data
                """).start();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void decidesNothingAboutTheBatchOfALoginThatWouldWaitForLong() throws Exception {
        // Given
        fixture.consume("a", good()).consume("b", good().replace("android", "iOS"));
        CompletableFuture<StepsFixture.Result> inHand = CompletableFuture.supplyAsync(fixture::run);
        failing.await();

        // When
        fixture.context().getRouteController().stopRoute(ROUTE);

        // Then
        StepsFixture.Result result = inHand.get(10, TimeUnit.SECONDS);
        assertThat(result.exchange().getException()).isInstanceOf(RejectedExecutionException.class);
        assertThat(result.states()).containsOnly(Login.State.OPEN);
        assertThat(fixture.outbox().all()).isEmpty();
    }

    @Test
    void finishesTheBatchInHandWhileCamelStops() throws Exception {
        // Given
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        atEach = () -> {
            begun.countDown();
            stopping.await();
        };
        fixture.consume("a", good());
        CompletableFuture<StepsFixture.Result> inHand = CompletableFuture.supplyAsync(fixture::run);
        begun.await();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(fixture::close);
        await().until(() -> fixture.context().isStopping());

        // When
        stopping.countDown();

        // Then
        assertThat(inHand.get(10, TimeUnit.SECONDS).states()).containsExactly(Login.State.PROCESSED);
        assertThat(fixture.outbox().to("processed-data")).hasSize(1);
        stop.join();
    }

    @Test
    void hasPatienceAgainOnceItIsStarted() throws Exception {
        // Given
        assertThat(patience()).containsOnly(Long.MAX_VALUE);
        fixture.context().getRouteController().stopRoute(ROUTE);
        assertThat(patience()).allMatch(nanos -> nanos < Long.MAX_VALUE);

        // When
        fixture.context().getRouteController().startRoute(ROUTE);

        // Then
        assertThat(patience()).containsOnly(Long.MAX_VALUE);
    }

    @Test
    void keepsItsPatienceWhereItIsSuspended() throws Exception {
        // When
        fixture.context().getRouteController().suspendRoute(ROUTE);

        // Then
        assertThat(patience()).containsOnly(Long.MAX_VALUE);
    }

    private List<Long> patience() {
        return fixture.context().getRoute(ROUTE).navigate().next().stream()
                .map(channel -> (RedeliveryErrorHandler) ((Channel) channel).getErrorHandler())
                .map(handler -> ((LiftedStep) handler.getOutput()).patienceNanos())
                .toList();
    }
}
