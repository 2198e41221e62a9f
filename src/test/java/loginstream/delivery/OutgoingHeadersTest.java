package loginstream.delivery;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutgoingHeadersTest {
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    static {
        CONTEXT.start(); // else headers have no cases
    }

    private final ConsumerRecord<byte[], byte[]> record = LoginRecords.record(good());
    private final Exchange exchange = exchange();

    private Exchange exchange() {
        record.headers()
                .add("tag", utf8("one"))
                .add("empty", null)
                .add("kafka.hidden", utf8("h"))
                .add("tag", utf8("two"))
                .add("Trace", utf8("t"));
        DefaultExchange own = new DefaultExchange(CONTEXT);
        own.setIn(new LoginMessage(CONTEXT, new Login(record, SingleLogin.NOWHERE), new KafkaHeaderFilterStrategy()));
        return own;
    }

    private List<String> outgoing() {
        Headers headers = OutgoingHeaders.of(record.headers(), exchange, new KafkaConfiguration());
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> header.key() + "=" + LoginRecords.text(header.value()))
                .toList();
    }

    @Test
    void areTheVeryOnesThatWereConsumedWhereNobodyLooked() {
        // When
        Headers headers = OutgoingHeaders.of(record.headers(), exchange, new KafkaConfiguration());

        // Then
        assertThat(headers).isSameAs(record.headers());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "read only",
                        Message::getHeaders,
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two",
                        "Trace=t"),
                change(
                        "a new one",
                        message -> message.setHeader("region", "RU"),
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two",
                        "Trace=t",
                        "region=RU"),
                change(
                        "one changed, in whichever case",
                        message -> message.setHeader("TRACE", "x"),
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two",
                        "Trace=x"),
                change(
                        "a doubled one changed",
                        message -> message.setHeader("tag", "x"),
                        "empty=null",
                        "kafka.hidden=h",
                        "Trace=t",
                        "tag=x"),
                change(
                        "one removed",
                        message -> message.removeHeader("trace"),
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two"),
                change(
                        "more than a few",
                        message -> {
                            for (int i = 0; i < 6; i++) {
                                message.setHeader("h" + i, "v" + i);
                            }
                        },
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two",
                        "Trace=t",
                        "h0=v0",
                        "h1=v1",
                        "h2=v2",
                        "h3=v3",
                        "h4=v4",
                        "h5=v5"),
                change(
                        "what is Camel's stays here",
                        message -> {
                            message.setHeader(KafkaConstants.OVERRIDE_TOPIC, "elsewhere");
                            message.setHeader("CamelAnything", "x");
                            message.setHeader("date", new Date());
                        },
                        "tag=one",
                        "empty=null",
                        "kafka.hidden=h",
                        "tag=two",
                        "Trace=t"));
    }

    private static Arguments change(String name, Consumer<Message> change, String... expected) {
        return Arguments.argumentSet(name, change, List.of(expected));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void areWhatWasConsumedButForWhatWasChanged(Consumer<Message> change, List<String> expected) {
        // When
        change.accept(exchange.getMessage());

        // Then
        assertThat(outgoing()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theSameWhereTheHeadersWereLookedAtBefore(Consumer<Message> change, List<String> expected) {
        // Given
        exchange.getMessage().getHeaders();

        // When
        change.accept(exchange.getMessage());

        // Then
        assertThat(outgoing()).isEqualTo(expected);
    }
}
