package loginstream;

import loginstream.route.UserLoginRoute;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.Test;

/** The route, tested as every Camel route is; README shows this test. */
class TextbookTest extends CamelMainTestSupport {

    @Override
    protected void configure(MainConfigurationProperties main) {
        main.addConfiguration(Wiring.class);
        main.addRoutesBuilder(UserLoginRoute.class);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        test.withUseAdviceWith(true);
    }

    @Test
    void passesALoginOn() throws Exception {
        AdviceWith.adviceWith(context, "user-login", route -> {
            route.replaceFromWith("direct:records");
            route.mockEndpointsAndSkip("kafka:*");
        });
        context.start();
        getMockEndpoint("mock:kafka:processed-data").expectedMessageCount(1);

        template.sendBody("direct:records", loginstream.fixture.LoginRecords.good());

        getMockEndpoint("mock:kafka:processed-data").assertIsSatisfied();
    }
}
