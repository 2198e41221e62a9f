package loginstream.route;

import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What becomes of a login that was rejected, or at which a step throws: it is tried again with exponential backoff, where
 * that may help, and then becomes a dead letter. Outages of the brokers never come here: they are waited out.
 */
public final class FailurePolicy extends RouteConfigurationBuilder {
    public static final String ID = "dead-letters";

    @Override
    public void configuration() {
        routeConfiguration(ID)
                .onException(Exception.class)
                .redeliveryPolicyRef("redeliveryPolicy")
                .onRedeliveryRef("redeliveries")
                .handled(true)
                .process("deadLetters")
                .to("kafka:{{loginstream.dead-letter.topic}}");
    }
}
