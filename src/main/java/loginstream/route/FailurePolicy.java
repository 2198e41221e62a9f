package loginstream.route;

import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What happens when a step throws. A batch that fails comes again in parts, down to the login that is the reason; that
 * one, alone, is tried again with exponential backoff and then becomes a dead letter. Outages of the brokers never come
 * here: they are waited out.
 */
public final class FailurePolicy extends RouteConfigurationBuilder {
    public static final String ID = "dead-letters";

    @Override
    public void configuration() {
        routeConfiguration(ID)
                .onException(Exception.class)
                .onWhen(simple("${exchangeProperty.logins.size} == 1"))
                .redeliveryPolicyRef("redeliveryPolicy")
                .onRedeliveryRef("redeliveries")
                .handled(true)
                .process("deadLetters")
                .to("kafka:{{loginstream.dead-letter.topic}}");
    }
}
