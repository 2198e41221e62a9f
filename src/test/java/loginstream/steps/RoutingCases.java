package loginstream.steps;

import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.GERMAN;
import static loginstream.steps.Sample.IPHONE;
import static loginstream.steps.Sample.ODD;
import static loginstream.steps.Sample.RUSSIAN;
import static org.apache.camel.support.builder.ExpressionBuilder.simpleExpression;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** Steps that choose a way, or have steps within. Long, because it is a table: a few lines for each step of the manual. */
final class RoutingCases {
    private static final String DOUBTFUL = """
            - route:
                id: doubtful
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct:doubtful
                  steps:
                    - process: {ref: failing}
                    - to: kafka:left
            """;

    private RoutingCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("filter", "stops some")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'DE'"
                                    steps:
                                      - stop: {}
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'DE'")
                                .stop()
                                .end())
                        .only(GERMAN),
                StepCase.of("filter", "within a filter, what is sent there goes out in order")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'RU'"
                                    steps:
                                      - to: kafka:outer
                                      - filter:
                                          simple: "${body[device_type]} == 'iOS'"
                                          steps:
                                            - setHeader: {name: kind, constant: iphone}
                                            - to: kafka:inner
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'RU'")
                                .to("kafka:outer")
                                .filter()
                                .simple("${body[device_type]} == 'iOS'")
                                .setHeader("kind")
                                .constant("iphone")
                                .to("kafka:inner")
                                .end()
                                .end())
                        .eachFirst(sample -> sent(sample, "outer"))
                        .only(GERMAN, output(GERMAN))
                        .failing(
                                sent(IPHONE, "outer"),
                                sent(IPHONE, "inner").header("kind", "iphone"),
                                output(IPHONE).header("kind", "iphone")),
                StepCase.of("choice", "one way for each")
                        .yaml("""
                                - choice:
                                    when:
                                      - simple: "${body[locale]} == 'DE'"
                                        steps:
                                          - to: kafka:german
                                      - simple: "${body[device_type]} == 'iOS'"
                                        steps:
                                          - process: {ref: failing}
                                    otherwise:
                                      steps:
                                        - setHeader: {name: other, constant: "yes"}
                                """)
                        .java(way -> way.choice()
                                .when()
                                .simple("${body[locale]} == 'DE'")
                                .to("kafka:german")
                                .when()
                                .simple("${body[device_type]} == 'iOS'")
                                .process("failing")
                                .otherwise()
                                .setHeader("other")
                                .constant("yes")
                                .end())
                        .each(sample -> List.of(output(sample).header("other", "yes")))
                        .only(GERMAN, sent(GERMAN, "german"), output(GERMAN))
                        .failsWith("IllegalStateException: no database"),
                StepCase.of("split", "the names of the members")
                        .yaml("""
                                - split:
                                    simple: "${body.keySet}"
                                    steps:
                                      - filter:
                                          simple: "${body} in 'locale,odd'"
                                          steps:
                                            - setHeader: {name: index, simple: "no. ${exchangeProperty.CamelSplitIndex}"}
                                            - to: kafka:names
                                """)
                        .java(way -> way.split()
                                .simple("${body.keySet}")
                                .filter()
                                .simple("${body} in 'locale,odd'")
                                .setHeader("index")
                                .simple("no. ${exchangeProperty.CamelSplitIndex}")
                                .to("kafka:names")
                                .end()
                                .end())
                        .eachFirst(
                                sample -> sent(sample, "names").value("locale").header("index", "no. 4"))
                        .only(
                                ODD,
                                sent(ODD, "names").value("locale").header("index", "no. 4"),
                                sent(ODD, "names").value("odd").header("index", "no. 7"),
                                output(ODD)),
                StepCase.of("split", "the body, which is a map: its entries")
                        .yaml("""
                                - split:
                                    simple: "${body}"
                                    steps:
                                      - filter:
                                          simple: "${body.key} == 'locale'"
                                          steps:
                                            - setBody: {simple: "${body.value}"}
                                            - to: kafka:parts
                                """)
                        .java(way -> way.split()
                                .simple("${body}")
                                .filter()
                                .simple("${body.key} == 'locale'")
                                .setBody()
                                .simple("${body.value}")
                                .to("kafka:parts")
                                .end()
                                .end())
                        .eachFirst(sample -> sent(sample, "parts").value(sample.locale())),
                StepCase.of("split", "on several threads, with what fails there failing the login")
                        .yaml("""
                                - split:
                                    simple: "${body[device_type]}"
                                    parallelProcessing: true
                                    stopOnException: true
                                    steps:
                                      - to: kafka:parts
                                      - process: {ref: failing}
                                """)
                        .java(way -> way.split()
                                .simple("${body[device_type]}")
                                .parallelProcessing()
                                .stopOnException()
                                .to("kafka:parts")
                                .process("failing")
                                .end())
                        .eachFirst(sample -> sent(sample, "parts").value("android"))
                        .failing(
                                sent(IPHONE, "parts").value("iOS"),
                                failed(IPHONE, "IllegalStateException: no database")),
                StepCase.of("multicast", "to two topics")
                        .yaml("""
                                - multicast:
                                    steps:
                                      - to: kafka:one
                                      - to: kafka:two
                                """)
                        .java(way ->
                                way.multicast().to("kafka:one").to("kafka:two").end())
                        .each(sample -> List.of(sent(sample, "one"), sent(sample, "two"), output(sample))),
                StepCase.of("multicast", "on several threads; one branch does not see the other's changes")
                        .yaml("""
                                - multicast:
                                    parallelProcessing: true
                                    steps:
                                      - pipeline:
                                          steps:
                                            - delay: {constant: 1}
                                            - setBody: {constant: changed}
                                      - to: kafka:two
                                """)
                        .java(way -> way.multicast()
                                .parallelProcessing()
                                .pipeline()
                                .delay(1)
                                .end()
                                .setBody()
                                .constant("changed")
                                .end()
                                .to("kafka:two")
                                .end())
                        .eachFirst(sample -> sent(sample, "two"))
                        .each(sample -> List.of(sent(sample, "two"), output(sample))),
                StepCase.of("pipeline", "one after the other")
                        .yaml("""
                                - pipeline:
                                    steps:
                                      - setHeader: {name: a, constant: b}
                                      - to: kafka:one
                                """)
                        .java(way -> way.pipeline()
                                .setHeader("a")
                                .constant("b")
                                .to("kafka:one")
                                .end())
                        .each(sample -> List.of(
                                sent(sample, "one").header("a", "b"),
                                output(sample).header("a", "b"))),
                StepCase.of("step", "with an id")
                        .yaml("""
                                - step:
                                    id: mine
                                    steps:
                                      - setHeader: {name: a, constant: b}
                                      - process: {ref: failing}
                                """)
                        .java(way -> way.step("mine")
                                .setHeader("a")
                                .constant("b")
                                .process("failing")
                                .end())
                        .each(sample -> List.of(output(sample).header("a", "b")))
                        .failsWith("IllegalStateException: no database"),
                StepCase.of("loop", "twice")
                        .yaml("""
                                - loop:
                                    constant: 2
                                    steps:
                                      - setHeader: {name: round, simple: "no. ${exchangeProperty.CamelLoopIndex}"}
                                      - to: kafka:rounds
                                """)
                        .java(way -> way.loop(2)
                                .setHeader("round")
                                .simple("no. ${exchangeProperty.CamelLoopIndex}")
                                .to("kafka:rounds")
                                .end())
                        .each(sample -> List.of(
                                sent(sample, "rounds").header("round", "no. 0"),
                                sent(sample, "rounds").header("round", "no. 1"),
                                output(sample).header("round", "no. 1"))),
                StepCase.of("loop", "that is tried again in its second round goes on there")
                        .yaml("""
                                - loop:
                                    constant: 2
                                    steps:
                                      - to: kafka:rounds
                                      - process: {ref: recovering}
                                """)
                        .java(way -> way.loop(2)
                                .to("kafka:rounds")
                                .process("recovering")
                                .end())
                        .each(sample -> List.of(sent(sample, "rounds"), sent(sample, "rounds"), output(sample))),
                StepCase.of("stop", "everything")
                        .yaml("""
                                - stop: {}
                                """)
                        .java(way -> way.stop())
                        .each(sample -> List.of()),
                StepCase.of("stop", "after something was sent")
                        .yaml("""
                                - choice:
                                    when:
                                      - simple: "${body[locale]} == 'DE'"
                                        steps:
                                          - to: kafka:german
                                          - stop: {}
                                """)
                        .java(way -> way.choice()
                                .when()
                                .simple("${body[locale]} == 'DE'")
                                .to("kafka:german")
                                .stop()
                                .end())
                        .only(GERMAN, sent(GERMAN, "german")),
                StepCase.of("dynamicRouter", "to one topic")
                        .yaml("""
                                - dynamicRouter: {method: {ref: beans, method: next}}
                                """)
                        .java(way -> way.dynamicRouter().method("beans", "next"))
                        .eachFirst(sample -> sent(sample, "dynamic")),
                StepCase.of("recipientList", "of two topics")
                        .yaml("""
                                - recipientList: {simple: "kafka:one,kafka:for-${body[locale]}"}
                                """)
                        .java(way -> way.recipientList(simpleExpression("kafka:one,kafka:for-${body[locale]}")))
                        .each(sample ->
                                List.of(sent(sample, "one"), sent(sample, "for-" + sample.locale()), output(sample))),
                StepCase.of("routingSlip", "over two topics")
                        .yaml("""
                                - routingSlip: {simple: "kafka:one,kafka:for-${body[locale]}"}
                                """)
                        .java(way -> way.routingSlip(simpleExpression("kafka:one,kafka:for-${body[locale]}")))
                        .each(sample ->
                                List.of(sent(sample, "one"), sent(sample, "for-" + sample.locale()), output(sample))),
                StepCase.of("loadBalance", "one after the other")
                        .yaml("""
                                - loadBalance:
                                    roundRobinLoadBalancer: {}
                                    steps:
                                      - to: kafka:left
                                      - to: kafka:right
                                """)
                        .java(way -> way.loadBalance()
                                .roundRobin()
                                .to("kafka:left")
                                .to("kafka:right")
                                .end())
                        .each(sample -> List.of(
                                sent(sample, sample == RUSSIAN || sample == IPHONE ? "left" : "right"),
                                output(sample))),
                StepCase.of("loadBalance", "to the other where one fails, in a route that leaves failures to it")
                        .yaml("""
                                - to: direct:balanced
                                """)
                        .java(way -> way.to("direct:balanced"))
                        .routes(DOUBTFUL + """
                                - route:
                                    id: balanced
                                    errorHandler: {noErrorHandler: {}}
                                    from:
                                      uri: direct:balanced
                                      steps:
                                        - loadBalance:
                                            failoverLoadBalancer: {}
                                            steps:
                                              - to: direct:doubtful
                                              - to: kafka:right
                                """)
                        .eachFirst(sample -> sent(sample, sample == IPHONE ? "right" : "left")),
                StepCase.of("loadBalance", "not to the other where the route's own policy handles what fails")
                        .yaml("""
                                - loadBalance:
                                    failoverLoadBalancer: {}
                                    steps:
                                      - to: direct:doubtful
                                      - to: kafka:right
                                """)
                        .java(way -> way.loadBalance()
                                .failover()
                                .to("direct:doubtful")
                                .to("kafka:right")
                                .end())
                        .routes(DOUBTFUL)
                        .eachFirst(sample -> sent(sample, "left"))
                        .failsWith("IllegalStateException: no database"),
                StepCase.of("idempotentConsumer", "only the first of each locale")
                        .yaml("""
                                - idempotentConsumer:
                                    expression: {simple: "${body[locale]}"}
                                    idempotentRepository: "#seen"
                                    steps:
                                      - to: kafka:first
                                """)
                        .java(way -> way.idempotentConsumer(
                                        simpleExpression("${body[locale]}"),
                                        MemoryIdempotentRepository.memoryIdempotentRepository())
                                .to("kafka:first")
                                .end())
                        .beforehand(fixture ->
                                fixture.bind("seen", MemoryIdempotentRepository.memoryIdempotentRepository()))
                        .only(RUSSIAN, sent(RUSSIAN, "first"), output(RUSSIAN))
                        .only(GERMAN, sent(GERMAN, "first"), output(GERMAN)),
                StepCase.of("sample", "every second one; the others are stopped")
                        .yaml("""
                                - sample: {messageFrequency: 2}
                                """)
                        .java(way -> way.sample(2L))
                        .only(RUSSIAN)
                        .only(IPHONE),
                StepCase.of("throttle", "lets through what is within the limit")
                        .yaml("""
                                - throttle: {constant: 1000}
                                """)
                        .java(way -> way.throttle(1000)),
                StepCase.of("circuitBreaker", "falls back, and is open for what comes after")
                        .yaml("""
                                - circuitBreaker:
                                    resilience4jConfiguration: {minimumNumberOfCalls: 1, slidingWindowSize: 1}
                                    steps:
                                      - process: {ref: failing}
                                      - to: kafka:closed
                                    onFallback:
                                      steps:
                                        - to: kafka:fallback
                                """)
                        .java(way -> way.circuitBreaker()
                                .resilience4jConfiguration()
                                .minimumNumberOfCalls(1)
                                .slidingWindowSize(1)
                                .end()
                                .process("failing")
                                .to("kafka:closed")
                                .onFallback()
                                .to("kafka:fallback")
                                .end())
                        .each(sample -> List.of(
                                sent(sample, sample == IPHONE || sample == ODD ? "fallback" : "closed"),
                                output(sample))),
                StepCase.of("kamelet", "made of a template")
                        .yaml("""
                                - kamelet: {name: tagger, parameters: {kind: good}}
                                """)
                        .java(way -> way.kamelet("tagger?kind=good"))
                        .routes("""
                                - routeTemplate:
                                    id: tagger
                                    parameters:
                                      - name: kind
                                    from:
                                      uri: kamelet:source
                                      steps:
                                        - setHeader: {name: kind, constant: "{{kind}}"}
                                        - to: kafka:tagged
                                        - process: {ref: recovering}
                                """)
                        .each(sample -> List.of(
                                sent(sample, "tagged").header("kind", "good"),
                                output(sample).header("kind", "good"))),
                StepCase.of("policy", "is asked around what it holds")
                        .yaml("""
                                - policy:
                                    ref: around
                                    steps:
                                      - setHeader: {name: a, constant: b}
                                """)
                        .java(way -> way.policy("around")
                                .setHeader("a")
                                .constant("b")
                                .end())
                        .beforehand(fixture -> fixture.bind("around", new MarkingPolicy()))
                        .each(sample -> List.of(output(sample).header("a", "b").header("policy", sample.name()))),
                StepCase.of("transformDataType", "with a transformer of the user's")
                        .yaml("""
                                - transformDataType: {toType: "users:short"}
                                """)
                        .java(way -> way.transformDataType("users:short"))
                        .beforehand(Shortening::register)
                        .each(sample -> List.of(output(sample)
                                .value("{\"locale\":\"" + sample.locale()
                                        + "\",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"))),
                StepCase.of("filter", "choice, split, multicast, loop, doTry, pipeline and step within one another")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'RU'"
                                    steps:
                                      - choice:
                                          when:
                                            - simple: "${body[device_type]} == 'iOS'"
                                              steps:
                                                - multicast:
                                                    steps:
                                                      - pipeline:
                                                          steps:
                                                            - loop:
                                                                constant: 2
                                                                steps:
                                                                  - step:
                                                                      steps:
                                                                        - to: kafka:deep
                                                      - doTry:
                                                          steps:
                                                            - split:
                                                                simple: "${body[device_type]}"
                                                                steps:
                                                                  - to: kafka:part
                                                                  - process: {ref: failing}
                                                          doCatch:
                                                            - exception: [java.lang.IllegalStateException]
                                                              steps:
                                                                - to: kafka:caught
                                """)
                        .failing(
                                sent(IPHONE, "deep"),
                                sent(IPHONE, "deep"),
                                sent(IPHONE, "part").value("iOS"),
                                sent(IPHONE, "caught"),
                                output(IPHONE)),
                StepCase.of("bean", "sees each login once, in order")
                        .yaml("""
                                - bean: {ref: beans, method: "note(${body[locale]})"}
                                """)
                        .java(way -> way.bean("beans", "note(${body[locale]})"))
                        .afterwards((fixture, result) -> assertThat(fixture.context()
                                        .getRegistry()
                                        .lookupByNameAndType("beans", Beans.class)
                                        .seen())
                                .isEqualTo(Stream.of("RU", "DE", "RU", "RU").toList())));
    }
}
