package loginstream.route;

import org.apache.camel.builder.RouteBuilder;

/** The way of a login. What is bad leaves it on the way, and goes to the dead letters by {@link FailurePolicy}. */
public final class UserLoginRoute extends RouteBuilder {
    public static final String ID = "user-login";

    @Override
    public void configure() {
        from("kafka:{{loginstream.input.topic}}")
                .routeId(ID)
                .routeConfigurationId(FailurePolicy.ID)
                .unmarshal("loginJson")
                .process("loginFilter")
                .process("loginValidator")
                .process("loginEnricher")
                .marshal("loginJson")
                .to("kafka:{{loginstream.output.topic}}");
    }
}
