package loginstream.steps;

import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.DefaultExchange;

/** Steps that send to endpoints, or get something from one. */
final class SendingCases {
    private static final String SUB_ROUTE = """
            - route:
                id: sub
                %s
                from:
                  uri: direct:sub
                  steps:
                    - setHeader: {name: sub, constant: "yes"}
                    - to: kafka:first
                    - process: {ref: %s}
                    - to: kafka:second
            """;

    private SendingCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("to", "a topic, with options and a key of its own")
                        .yaml("""
                                - to: {uri: "kafka:keyed", parameters: {key: mine, partitionKey: 2}}
                                """)
                        .java(way -> way.to("kafka:keyed?key=mine&partitionKey=2"))
                        .eachFirst(sample -> sent(sample, "keyed").key("mine").partition(2)),
                StepCase.of("to", "a sub-route without an error handler: that of the step that calls it tries it again")
                        .yaml("""
                                - to: direct:sub
                                """)
                        .java(way -> way.to("direct:sub"))
                        .routes(SUB_ROUTE.formatted("errorHandler: {noErrorHandler: {}}", "recovering"))
                        .each(sample -> List.of(
                                sent(sample, "first").header("sub", "yes"),
                                sent(sample, "second").header("sub", "yes"),
                                output(sample).header("sub", "yes"))),
                StepCase.of("to", "a sub-route without an error handler, and with a login that it never takes")
                        .yaml("""
                                - to: direct:sub
                                """)
                        .java(way -> way.to("direct:sub"))
                        .routes(SUB_ROUTE.formatted("errorHandler: {noErrorHandler: {}}", "failing"))
                        .each(sample -> List.of(
                                sent(sample, "first").header("sub", "yes"),
                                sent(sample, "second").header("sub", "yes"),
                                output(sample).header("sub", "yes")))
                        .failing(
                                sent(IPHONE, "first").header("sub", "yes"),
                                failed(IPHONE, "IllegalStateException: no database")),
                StepCase.of("to", "a sub-route with its own error handler, which tries its step again")
                        .yaml("""
                                - to: direct:sub
                                """)
                        .java(way -> way.to("direct:sub"))
                        .routes(SUB_ROUTE.formatted(
                                "errorHandler: {defaultErrorHandler: {redeliveryPolicy: {maximumRedeliveries: 1,"
                                        + " redeliveryDelay: 1, logStackTrace: false}}}",
                                "recovering"))
                        .each(sample -> List.of(
                                sent(sample, "first").header("sub", "yes"),
                                sent(sample, "second").header("sub", "yes"),
                                output(sample).header("sub", "yes"))),
                StepCase.of("to", "a file, whatever is outside of Kafka")
                        .yaml("""
                                - marshal: {json: {}}
                                - to: "mock:outside"
                                """)
                        .beforehand(fixture -> fixture.context()
                                .getEndpoint("mock:outside", MockEndpoint.class)
                                .expectedBodiesReceived(
                                        Sample.good().map(Sample::value).toList()))
                        .afterwards((fixture, result) -> MockEndpoint.assertIsSatisfied(fixture.context())),
                StepCase.of("toD", "a topic for each locale")
                        .yaml("""
                                - toD: "kafka:for-${body[locale]}"
                                """)
                        .java(way -> way.toD("kafka:for-${body[locale]}"))
                        .eachFirst(sample -> sent(sample, "for-" + sample.locale())),
                StepCase.of("toD", "a sub-route")
                        .yaml("""
                                - toD: "direct:${header.trace}"
                                """)
                        .java(way -> way.toD("direct:${header.trace}"))
                        .routes(Sample.good()
                                .map(sample -> """
                                        - route:
                                            from:
                                              uri: direct:%s
                                              steps:
                                                - to: kafka:sub-%s
                                        """.formatted(sample.name(), sample.ordinal()))
                                .reduce("", String::concat))
                        .eachFirst(sample -> sent(sample, "sub-" + sample.ordinal())),
                StepCase.of("recipientList", "of sub-routes, tried again as a whole")
                        .yaml("""
                                - recipientList: {constant: "direct:sub,direct:failing"}
                                """)
                        .java(way -> way.recipientList()
                                .constant("direct:sub,direct:failing")
                                .end())
                        .routes(SUB_ROUTE.formatted("errorHandler: {noErrorHandler: {}}", "recovering") + """
                                - route:
                                    id: another
                                    errorHandler: {noErrorHandler: {}}
                                    from:
                                      uri: direct:failing
                                      steps:
                                        - to: kafka:third
                                """)
                        .each(sample -> List.of(
                                sent(sample, "first").header("sub", "yes"),
                                sent(sample, "second").header("sub", "yes"),
                                sent(sample, "third"),
                                output(sample))),
                StepCase.of("enrich", "with what a sub-route answers")
                        .yaml("""
                                - enrich: {constant: "direct:answer", aggregationStrategy: header}
                                """)
                        .java(way -> way.enrich("direct:answer", Beans::header))
                        .routes("""
                                - route:
                                    id: answer
                                    from:
                                      uri: direct:answer
                                      steps:
                                        - to: kafka:asked
                                        - setBody: {simple: "answer to ${body[locale]}"}
                                """)
                        .each(sample -> List.of(
                                sent(sample, "asked"), output(sample).header("more", "answer to " + sample.locale()))),
                StepCase.of("pollEnrich", "with what lies in a queue")
                        .yaml("""
                                - pollEnrich: {constant: "seda:waiting", timeout: 1000, aggregationStrategy: header}
                                """)
                        .java(way -> way.pollEnrich("seda:waiting", 1000, Beans::header))
                        .beforehand(SendingCases::queue)
                        .each(sample -> List.of(output(sample).header("more", sample.name()))),
                StepCase.of("poll", "into a variable")
                        .yaml("""
                                - poll: {uri: "seda:waiting", timeout: 1000, variableReceive: polled}
                                - setHeader: {name: more, simple: "${variable.polled}"}
                                """)
                        .beforehand(SendingCases::queue)
                        .each(sample -> List.of(output(sample).header("more", sample.name()))),
                StepCase.of("poll", "in the place of the body")
                        .yaml("""
                                - setVariable: {name: mine, simple: "${body}"}
                                - poll: {uri: "seda:waiting", timeout: 1000}
                                - to: kafka:polled
                                - setBody: {variable: mine}
                                """)
                        .java(way -> way.setVariable("mine")
                                .simple("${body}")
                                .poll("seda:waiting", 1000)
                                .to("kafka:polled")
                                .setBody()
                                .variable("mine"))
                        .beforehand(SendingCases::queue)
                        .eachFirst(sample -> sent(sample, "polled").value(sample.name())),
                StepCase.of("wireTap", "a copy, outside of the transaction")
                        .yaml("""
                                - wireTap: {uri: "direct:tap"}
                                - setHeader: {name: after, constant: "yes"}
                                - script: {simple: "${body.remove('odd')}"}
                                """)
                        .java(way -> way.wireTap("direct:tap")
                                .setHeader("after")
                                .constant("yes")
                                .script()
                                .simple("${body.remove('odd')}"))
                        .routes("""
                                - route:
                                    id: tap
                                    from:
                                      uri: direct:tap
                                      steps:
                                        - bean: {ref: beans, method: "note(${body[odd]}${header.after}${body[locale]})"}
                                        - process: {ref: failing}
                                """)
                        .each(sample -> List.of(output(sample)
                                .header("after", "yes")
                                .value(sample.enriched()
                                        .replace(" , ", ",")
                                        .replace(",\"odd\":[1.00,1e999,{\"a\":-0}]", ""))))
                        .afterwards((fixture, result) -> await().untilAsserted(() -> assertThat(fixture.context()
                                        .getRegistry()
                                        .lookupByNameAndType("beans", Beans.class)
                                        .seen())
                                .containsExactlyInAnyOrder("RU", "DE", "RU", "[1.0, Infinity, {a=0}]RU"))),
                StepCase.of("to", "seda, which goes on with a copy, outside of the transaction")
                        .yaml("""
                                - to: seda:later
                                """)
                        .java(way -> way.to("seda:later"))
                        .routes("""
                                - route:
                                    id: later
                                    from:
                                      uri: seda:later
                                      steps:
                                        - bean: {ref: beans, method: "note(${body[locale]})"}
                                        - setBody: {constant: changed}
                                        - process: {ref: failing}
                                """)
                        .afterwards((fixture, result) -> await().untilAsserted(() -> assertThat(fixture.context()
                                        .getRegistry()
                                        .lookupByNameAndType("beans", Beans.class)
                                        .seen())
                                .containsExactly("RU", "DE", "RU", "RU"))));
    }

    private static void queue(StepsFixture fixture) {
        SedaEndpoint waiting = fixture.context().getEndpoint("seda:waiting", SedaEndpoint.class);
        Sample.good().forEach(sample -> {
            Exchange exchange = new DefaultExchange(fixture.context());
            exchange.getMessage().setBody(sample.name());
            waiting.getQueue().add(exchange);
        });
    }
}
