package loginstream;

import static loginstream.fixture.LoginRecords.CLOCK;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterLog;
import loginstream.deadletter.DeadLetters;
import loginstream.enrichment.LoginEnricher;
import loginstream.filter.LoginFilter;
import loginstream.fixture.AnyInput;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.RecordingOutbox.Sent;
import loginstream.fixture.SingleLogin;
import loginstream.fixture.TestSettings;
import loginstream.login.Decoder;
import loginstream.login.EachLogin;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginJson;
import loginstream.login.LoginParser;
import loginstream.validation.LoginValidator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whatever comes in: nothing throws, nothing is lost, and what comes out is what came in and two members more. */
class AnyInputTest {
    private static final int INPUTS_PER_BATCH = 100;
    private static final int BATCHES = 1_000;
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private final LoginParser parser = new LoginParser(4096);
    private final LoginJson json = new LoginJson(parser, Decoder.JSON, SingleLogin.NOWHERE);
    private final Steps strict = new Steps(Map.of(), "");
    private final Steps lenient = new Steps(Map.of("loginstream.validation.required", ""), "${body[locale]} != 'US'");

    @BeforeContainer
    static void start() {
        CONTEXT.start();
    }

    @AfterContainer
    static void stop() {
        CONTEXT.stop();
    }

    @Property(tries = BATCHES, edgeCases = EdgeCasesMode.NONE)
    void everyRecordComesToOneEnd(@ForAll("batches") List<byte[]> inputs, @ForAll boolean everythingRequired)
            throws Exception {
        // Given
        RecordingOutbox outbox = new RecordingOutbox();
        LoginBatch batch = new LoginBatch(records(inputs), outbox);

        // When
        (everythingRequired ? strict : lenient).run(batch);

        // Then
        Iterator<Sent> sent = outbox.to("processed-data").iterator();
        Iterator<Sent> dead = outbox.to("user-login.dlq").iterator();
        for (Login login : allOf(batch)) {
            switch (login.state()) {
                case PROCESSED -> assertSameButForTheTimes(login, sent.next());
                case DEAD_LETTERED -> assertUntouched(login, dead.next());
                default -> assertThat(login.state()).isEqualTo(Login.State.FILTERED);
            }
        }
        assertThat(sent).isExhausted();
        assertThat(dead).isExhausted();
    }

    @Provide
    Arbitrary<List<byte[]>> batches() {
        return AnyInput.values().list().ofSize(INPUTS_PER_BATCH);
    }

    private void assertSameButForTheTimes(Login login, Sent sent) throws Exception {
        assertThat(sent.cause()).isSameAs(login);
        ObjectNode input = (ObjectNode) mapper.readTree(login.source().value());
        ObjectNode output = (ObjectNode) mapper.readTree(sent.record().value());
        if (!input.has("event_time") && !input.has("processed_time")) {
            String text = text(login.source().value());
            assertThat(sent.value()).startsWith(text.substring(0, text.lastIndexOf('}')));
        }
        assertThat(output.path("processed_time").asText()).isEqualTo("2023-09-12T00:46:40.500Z");
        boolean hasTimestamp = input.hasNonNull("timestamp");
        assertThat(output.has("event_time")).isEqualTo(hasTimestamp || input.has("event_time"));
        input.remove("processed_time");
        output.remove("processed_time");
        if (hasTimestamp) {
            input.remove("event_time");
            output.remove("event_time");
        }
        assertThat(members(output)).isEqualTo(members(input));
    }

    /** With their order, which the equality of objects does not look at. */
    private static List<Map.Entry<String, JsonNode>> members(ObjectNode object) {
        return new ArrayList<>(object.properties());
    }

    private static void assertUntouched(Login login, Sent sent) {
        assertThat(sent.cause()).isSameAs(login);
        assertThat(sent.record().value()).isSameAs(login.source().value());
        assertThat(sent.header("loginstream-failure")).isIn("unparseable", "invalid");
        assertThat(sent.header("loginstream-reason")).isNotBlank().doesNotContain("\n");
        assertThat(text(sent.record().headers().lastHeader("loginstream-source").value()))
                .isEqualTo(login.position());
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(List<byte[]> inputs) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] input : inputs) {
            records.add(record(0, records.size(), null, input));
        }
        return records;
    }

    /** The steps of the route in its order. */
    private final class Steps {
        private final EachLogin filter;
        private final EachLogin validator;
        private final EachLogin enricher = new EachLogin(new LoginEnricher(CLOCK));
        private final DeadLetters deadLetters = new DeadLetters(CLOCK, DeadLetterLog.none(CLOCK));

        Steps(Map<String, String> changes, String filter) {
            Settings settings = TestSettings.with(changes);
            this.filter = new EachLogin(new LoginFilter(CONTEXT, filter));
            this.validator = new EachLogin(new LoginValidator(settings.validation(), settings.pii()::isShown, CLOCK));
        }

        void run(LoginBatch batch) throws Exception {
            Exchange exchange = new DefaultExchange(CONTEXT);
            exchange.getMessage().setBody(batch);
            json.unmarshal(batch);
            filter.process(exchange);
            validator.process(exchange);
            enricher.process(exchange);
            json.marshal(batch);
            batch.forEachOpen(login -> {
                SingleLogin.sent(login, "processed-data");
                login.process();
            });
            deadLetters.process(exchange);
            exchange.getMessage().getBody(LoginBatch.class).forEach(login -> SingleLogin.sent(login, "user-login.dlq"));
        }
    }
}
