package loginstream.bench.contender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import loginstream.login.Violation;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The route as a textbook has it: a record at a time, each send waited for, Camel's defaults for the rest. */
final class TextbookRouteContender implements Contender {
    private final Assignment assignment;
    private final TextbookSteps steps = new TextbookSteps();
    private final AtomicLong done = new AtomicLong();
    private final Main camel = new Main();

    TextbookRouteContender(Assignment assignment) {
        this.assignment = assignment;
    }

    @Override
    public void start() throws Exception {
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .setHeader("loginstream-reason", simple("${exception.message}"))
                        .setHeader("loginstream-failed-at", simple("${date:now:yyyy-MM-dd'T'HH:mm:ssXXX}"))
                        .setBody(exchangeProperty("original"))
                        .to(sending(assignment.deadLetter()))
                        .process(e -> done.incrementAndGet());
                from("kafka:" + assignment.input() + "?autoOffsetReset=earliest&groupId=" + assignment.group()
                                + "&brokers=" + assignment.bootstrapServers())
                        .setProperty("original", body())
                        .choice()
                        .when(body().isNull())
                        .process(e -> done.incrementAndGet())
                        .stop()
                        .end()
                        .unmarshal()
                        .json(JsonLibrary.Jackson, ObjectNode.class)
                        .process(TextbookRouteContender.this::validate)
                        .process(e -> steps.enrich(e.getMessage().getBody(ObjectNode.class)))
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .to(sending(assignment.output()))
                        .process(e -> done.incrementAndGet());
            }
        });
        camel.start();
    }

    private String sending(String topic) {
        return "kafka:" + topic + "?requestRequiredAcks=all&synchronous=true&brokers=" + assignment.bootstrapServers();
    }

    private void validate(Exchange exchange) throws ValidationException {
        ObjectNode login = exchange.getMessage().getBody(ObjectNode.class);
        List<Violation> violations = steps.violations(login);
        if (!violations.isEmpty()) {
            throw new ValidationException(exchange, violations.toString());
        }
        exchange.getMessage().setHeader(KafkaConstants.KEY, login.get("user_id").textValue());
    }

    @Override
    public long done() {
        return done.get();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
