package loginstream.storage.iceberg;

import loginstream.route.FailurePolicy;
import org.apache.camel.builder.RouteBuilder;

/** The way of a processed login into the table. */
public final class IcebergRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("kafka:{{loginstream.input.topic}}")
                .routeId(IcebergSink.NAME)
                .routeConfigurationId(FailurePolicy.ID)
                .unmarshal("loginJson")
                .process(IcebergSink.NAME);
    }
}
