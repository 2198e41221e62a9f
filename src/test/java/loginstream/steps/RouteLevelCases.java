package loginstream.steps;

import static loginstream.steps.Expected.deadLetter;
import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What stands beside the steps of a route. */
final class RouteLevelCases {
    private RouteLevelCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("intercept", "sees each login at each step")
                        .yaml("""
                                - setHeader: {name: a, constant: b}
                                """)
                        .java(way -> way.setHeader("a").constant("b"))
                        .topLevel("""
                                - intercept:
                                    steps:
                                      - filter:
                                          simple: "${header.a} == 'b'"
                                          steps:
                                            - bean: {ref: beans, method: trace}
                                """)
                        .javaTopLevel(builder -> builder.intercept()
                                .filter()
                                .simple("${header.a} == 'b'")
                                .bean("beans", "trace"))
                        .result(result -> result.header("a", "b"))
                        .afterwards((fixture, result) -> assertThat(seen(fixture))
                                .filteredOn("GERMAN"::equals)
                                .hasSize(3)),
                StepCase.of("interceptFrom", "sees what comes in")
                        .topLevel("""
                                - interceptFrom:
                                    steps:
                                      - setHeader: {name: intercepted, constant: "yes"}
                                """)
                        .javaTopLevel(builder ->
                                builder.interceptFrom().setHeader("intercepted").constant("yes"))
                        .result(result -> result.header("intercepted", "yes")),
                StepCase.of("interceptSendToEndpoint", "sees each login ahead of the topic")
                        .yaml("""
                                - to: kafka:watched
                                """)
                        .java(way -> way.to("kafka:watched"))
                        .topLevel("""
                                - interceptSendToEndpoint:
                                    uri: kafka:watched
                                    steps:
                                      - setHeader: {name: intercepted, simple: "${body[locale]}"}
                                """)
                        .javaTopLevel(builder -> builder.interceptSendToEndpoint("kafka:watched")
                                .setHeader("intercepted")
                                .simple("${body[locale]}"))
                        .each(sample -> List.of(
                                sent(sample, "watched").header("intercepted", sample.locale()),
                                output(sample).header("intercepted", sample.locale()))),
                StepCase.of("onCompletion", "runs for each login when its results have committed")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .topLevel("""
                                - onCompletion:
                                    mode: AfterConsumer
                                    steps:
                                      - bean: {ref: beans, method: trace}
                                """)
                        .javaTopLevel(builder ->
                                builder.onCompletion().modeAfterConsumer().bean("beans", "trace"))
                        .failsWith("IllegalStateException: no database")
                        .afterwards((fixture, result) ->
                                assertThat(seen(fixture)).contains("RUSSIAN", "GERMAN", "IPHONE", "ODD")),
                StepCase.of("errorHandler", "none: the exception is the dead letter's")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .topLevel("""
                                - errorHandler: {noErrorHandler: {}}
                                """)
                        .failing(deadLetter(IPHONE, "processing", "IllegalStateException: no database", 1)),
                StepCase.of("routeTemplate", "of a sub-route")
                        .yaml("""
                                - to: direct:made
                                """)
                        .java(way -> way.to("direct:made"))
                        .routes("""
                                - routeTemplate:
                                    id: making
                                    parameters:
                                      - name: topic
                                    from:
                                      uri: direct:made
                                      steps:
                                        - to: "kafka:{{topic}}"
                                        - process: {ref: failing}
                                - templatedRoute:
                                    routeTemplateRef: making
                                    parameters:
                                      - {name: topic, value: from-template}
                                """)
                        .eachFirst(sample -> sent(sample, "from-template"))
                        .failing(
                                sent(IPHONE, "from-template"),
                                deadLetter(IPHONE, "processing", "IllegalStateException: no database", 1)),
                StepCase.of("templatedRoute", "with its own policy")
                        .yaml("""
                                - to: direct:made
                                """)
                        .routes("""
                                - routeTemplate:
                                    id: making
                                    parameters:
                                      - name: topic
                                    route:
                                      routeConfigurationId: dead-letters
                                      from:
                                        uri: direct:made
                                        steps:
                                          - to: "kafka:{{topic}}"
                                          - process: {ref: failing}
                                - templatedRoute:
                                    routeTemplateRef: making
                                    parameters:
                                      - {name: topic, value: from-template}
                                """)
                        .eachFirst(sample -> sent(sample, "from-template"))
                        .failing(sent(IPHONE, "from-template"), failed(IPHONE, "IllegalStateException: no database")));
    }

    private static List<String> seen(StepsFixture fixture) {
        return fixture.context()
                .getRegistry()
                .lookupByNameAndType("beans", Beans.class)
                .seen();
    }
}
