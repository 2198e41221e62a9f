package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendAheadTest {
    private static final int PART = 64 << 10;

    private final FakeDelivery delivery = new FakeDelivery(new MockConsumer<>("earliest"));
    private final HeldThread thread = new HeldThread();
    private final SendAhead ahead = new SendAhead(delivery, new DeliveryThread(thread, Duration.ofSeconds(1)));

    @Test
    void sendsInParts() {
        send(0, PART - 1);
        assertThat(sent()).isEmpty();

        send(1, 1);
        assertThat(sent()).containsExactly(0, 1);

        send(2, 1);
        assertThat(sent()).containsExactly(0, 1);
        ahead.handOver(null);
        assertThat(sent()).containsExactly(0, 1, 2);
    }

    @Test
    void whatWasDroppedIsNotSent() {
        send(0, 1);
        ahead.drop();
        send(1, 1);
        ahead.handOver(null);

        assertThat(sent()).containsExactly(1);
        assertThat(ahead.sends()).isEqualTo(2);
    }

    @Test
    void nothingIsSentAfterACommitThatFailed() {
        // Given
        CompletableFuture<Void> commit = new CompletableFuture<>();
        thread.hold();
        ahead.send(sending(0, PART), commit);

        // When
        commit.completeExceptionally(new IllegalStateException("it did not commit"));
        thread.goOn();

        // Then
        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65536, 24", "1048576, 1", "33554432, 1"})
    void whoeverSendsWaitsWhereTooMuchIsOnItsWay(int bytes, int most) throws Exception {
        // Given
        ThreadPoolExecutor one = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        CountDownLatch held = new CountDownLatch(1);
        one.submit(() -> {
            held.await();
            return null;
        });
        SendAhead onItsOwn = new SendAhead(delivery, new DeliveryThread(one, Duration.ofSeconds(1)));
        List<Integer> numbers = IntStream.rangeClosed(0, most).boxed().toList();
        Thread sender = new Thread(() -> numbers.forEach(number -> onItsOwn.send(sending(number, bytes), null)));

        // When
        sender.start();
        await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);

        // Then
        assertThat(one.getQueue()).hasSize(most);

        // When
        held.countDown();
        sender.join();
        one.shutdown();

        // Then
        assertThat(one.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sent()).isEqualTo(numbers);
    }

    @Test
    void aPartThatBreaksOffIsTold() {
        // Given
        delivery.breakNextSend(new OutOfMemoryError("Java heap space"));
        send(0, 1);
        send(1, PART);

        // When
        Throwable failure = catchThrowable(ahead::requireSent);

        // Then
        assertThat(sent()).isEmpty();
        assertThat(failure).isInstanceOf(KafkaException.class).hasRootCauseMessage("Java heap space");

        // When
        ahead.drop();

        // Then
        ahead.requireSent();
    }

    @Test
    void aThreadThatIsClosedKeepsNobodyWaiting() {
        DeliveryThread closed = new DeliveryThread();
        SendAhead late = new SendAhead(delivery, closed);
        closed.close();

        IntStream.rangeClosed(0, 30).forEach(number -> late.send(sending(number, PART), null));

        assertThat(sent()).isEmpty();
    }

    private void send(int number, int bytes) {
        ahead.send(sending(number, bytes), null);
    }

    private static Sending sending(int number, int bytes) {
        Login login = new Login(record(0, number, null, null), (record, cause) -> {});
        return Sending.of(new ProducerRecord<>("out", new byte[bytes]), login);
    }

    /** The offsets of the logins for which something was sent. */
    private List<Integer> sent() {
        return delivery.sent().stream()
                .map(sending -> (int) sending.cause().source().offset())
                .toList();
    }
}
