package loginstream.storage.postgres;

import loginstream.route.FailurePolicy;
import org.apache.camel.builder.RouteBuilder;

/** The way of a processed login into the database. */
public final class PostgresRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("kafka:{{loginstream.input.topic}}")
                .routeId(PostgresSink.NAME)
                .routeConfigurationId(FailurePolicy.ID)
                .unmarshal("loginJson")
                .process(PostgresSink.NAME);
    }
}
