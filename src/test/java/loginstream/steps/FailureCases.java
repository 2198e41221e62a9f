package loginstream.steps;

import static loginstream.steps.Expected.deadLetter;
import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.failedOnce;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.GERMAN;
import static loginstream.steps.Sample.INVALID;
import static loginstream.steps.Sample.IPHONE;
import static org.apache.camel.support.builder.ExpressionBuilder.constantExpression;
import static org.apache.camel.support.builder.ExpressionBuilder.simpleExpression;

import java.util.List;
import org.apache.camel.support.builder.PredicateBuilder;

/** Steps that throw, and those that take care of what is thrown. Long, because it is a table, like {@link RoutingCases}. */
final class FailureCases {
    private FailureCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("doTry", "with a catch and a finally")
                        .yaml("""
                                - doTry:
                                    steps:
                                      - to: kafka:tried
                                      - process: {ref: failing}
                                      - setHeader: {name: tried, constant: "yes"}
                                    doCatch:
                                      - exception: [java.lang.IllegalArgumentException]
                                        steps:
                                          - to: kafka:never
                                      - exception: [java.lang.IllegalStateException]
                                        steps:
                                          - setHeader: {name: caught, simple: "${exception.message}"}
                                    doFinally:
                                      steps:
                                        - to: kafka:finally
                                """)
                        .java(way -> way.doTry()
                                .to("kafka:tried")
                                .process("failing")
                                .setHeader("tried")
                                .constant("yes")
                                .endDoTry()
                                .doCatch(IllegalArgumentException.class)
                                .to("kafka:never")
                                .doCatch(IllegalStateException.class)
                                .setHeader("caught")
                                .simple("${exception.message}")
                                .endDoTry()
                                .doFinally()
                                .to("kafka:finally")
                                .end())
                        .each(sample -> List.of(
                                sent(sample, "tried"),
                                sent(sample, "finally").header("tried", "yes"),
                                output(sample).header("tried", "yes")))
                        .failing(
                                sent(IPHONE, "tried"),
                                sent(IPHONE, "finally").header("caught", "no database"),
                                output(IPHONE).header("caught", "no database")),
                StepCase.of("doCatch", "of something else: error handlers have no say in a doTry, so it is tried once")
                        .yaml("""
                                - doTry:
                                    steps:
                                      - to: kafka:tried
                                      - process: {ref: failing}
                                    doCatch:
                                      - exception: [java.lang.IllegalArgumentException]
                                        steps:
                                          - to: kafka:never
                                """)
                        .java(way -> way.doTry()
                                .to("kafka:tried")
                                .process("failing")
                                .doCatch(IllegalArgumentException.class)
                                .to("kafka:never")
                                .end())
                        .eachFirst(sample -> sent(sample, "tried"))
                        .failing(sent(IPHONE, "tried"), failedOnce(IPHONE, "IllegalStateException: no database")),
                StepCase.of("doCatch", "only when")
                        .yaml("""
                                - doTry:
                                    steps:
                                      - throwException: {exceptionType: java.lang.IllegalStateException, message: oh}
                                    doCatch:
                                      - exception: [java.lang.IllegalStateException]
                                        onWhen: {simple: "${body[device_type]} != 'iOS'"}
                                        steps:
                                          - setHeader: {name: caught, constant: "yes"}
                                """)
                        .java(way -> way.doTry()
                                .throwException(IllegalStateException.class, "oh")
                                .doCatch(IllegalStateException.class)
                                .onWhen(PredicateBuilder.isNotEqualTo(
                                        simpleExpression("${body[device_type]}"), constantExpression("iOS")))
                                .setHeader("caught")
                                .constant("yes")
                                .end())
                        .result(result -> result.header("caught", "yes"))
                        .failing(failedOnce(IPHONE, "IllegalStateException: oh")),
                StepCase.of("doFinally", "without a catch")
                        .yaml("""
                                - doTry:
                                    steps:
                                      - process: {ref: failing}
                                    doFinally:
                                      steps:
                                        - to: kafka:finally
                                """)
                        .java(way -> way.doTry()
                                .process("failing")
                                .doFinally()
                                .to("kafka:finally")
                                .end())
                        .eachFirst(sample -> sent(sample, "finally"))
                        .failing(sent(IPHONE, "finally"), failedOnce(IPHONE, "IllegalStateException: no database")),
                StepCase.of("throwException", "for some")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'DE'"
                                    steps:
                                      - throwException:
                                          exceptionType: java.lang.IllegalArgumentException
                                          message: "no ${body[locale]}"
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'DE'")
                                .throwException(IllegalArgumentException.class, "no ${body[locale]}")
                                .end())
                        .only(GERMAN, failed(GERMAN, "IllegalArgumentException: no DE")),
                StepCase.of("rollback", "is an exception of its own, and no reason to try again")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'DE'"
                                    steps:
                                      - rollback: {message: "no German"}
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'DE'")
                                .rollback("no German")
                                .end())
                        .only(GERMAN, failedOnce(GERMAN, "RollbackExchangeException: no German. Exchange[]")),
                StepCase.of("rollback", "marked only")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'DE'"
                                    steps:
                                      - rollback: {markRollbackOnly: true}
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'DE'")
                                .markRollbackOnly()
                                .end())
                        .only(
                                GERMAN,
                                deadLetter(
                                        GERMAN,
                                        "processing",
                                        "RollbackExchangeException: the route has marked it for a rollback."
                                                + " Exchange[]",
                                        1)),
                StepCase.of("onException", "of the route's own, handled: what it sends takes the place of the result")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    handled: {constant: "true"}
                                    steps:
                                      - setHeader: {name: why, simple: "${exception.message}"}
                                      - to: kafka:odd-logins
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .handled(true)
                                .setHeader("why")
                                .simple("${exception.message}")
                                .to("kafka:odd-logins"))
                        .failing(sent(IPHONE, "odd-logins").header("why", "no database")),
                StepCase.of("onException", "handled without sending anything: a dead letter all the same")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    handled: {constant: "true"}
                                    steps:
                                      - log: "${exception.message}"
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .handled(true)
                                .log("${exception.message}"))
                        .failing(deadLetter(
                                IPHONE, "processing", "UnsentLoginException: the route ended without sending it", 1)),
                StepCase.of("onException", "continued")
                        .yaml("""
                                - to: kafka:before
                                - process: {ref: failing}
                                """)
                        .java(way -> way.to("kafka:before").process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    continued: {constant: "true"}
                                    steps:
                                      - setHeader: {name: why, simple: "${exception.message}"}
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .continued(true)
                                .setHeader("why")
                                .simple("${exception.message}"))
                        .eachFirst(sample -> sent(sample, "before"))
                        .failing(sent(IPHONE, "before"), output(IPHONE).header("why", "no database")),
                StepCase.of("onException", "only when, else what the configuration says")
                        .yaml("""
                                - throwException: {exceptionType: java.lang.IllegalStateException, message: oh}
                                """)
                        .java(way -> way.throwException(IllegalStateException.class, "oh"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    onWhen: {simple: "${body[locale]} == 'DE'"}
                                    handled: {constant: "true"}
                                    steps:
                                      - to: kafka:german
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .onWhen(builder.simple("${body[locale]} == 'DE'"))
                                .handled(true)
                                .to("kafka:german"))
                        .each(sample -> List.of(failed(sample, "IllegalStateException: oh")))
                        .only(GERMAN, sent(GERMAN, "german")),
                StepCase.of("onException", "with the message as it was consumed")
                        .yaml("""
                                - setBody: {constant: '{"device_type":"iOS"}'}
                                - setHeader: {name: added, constant: "yes"}
                                - process: {ref: recovering}
                                - process: {ref: failing}
                                """)
                        .java(way -> way.setBody()
                                .constant("{\"device_type\":\"iOS\"}")
                                .setHeader("added")
                                .constant("yes")
                                .process("recovering")
                                .process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    useOriginalMessage: true
                                    handled: {constant: "true"}
                                    steps:
                                      - to: kafka:originals
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .useOriginalMessage()
                                .handled(true)
                                .to("kafka:originals"))
                        .each(sample -> List.of(sent(sample, "originals"))),
                StepCase.of("onException", "for what is invalid, with its own redelivery of what throws")
                        .yaml("""
                                - to: kafka:before
                                - process: {ref: recovering}
                                """)
                        .java(way -> way.to("kafka:before").process("recovering"))
                        .topLevel("""
                                - onException:
                                    exception: [org.apache.camel.ValidationException]
                                    handled: {constant: "true"}
                                    steps:
                                      - setHeader: {name: why, simple: "${exception.message}"}
                                      - to: kafka:invalid
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    redeliveryPolicy: {maximumRedeliveries: 1, redeliveryDelay: 1}
                                    handled: {constant: "true"}
                                    steps:
                                      - to: kafka:never
                                """)
                        .javaTopLevel(builder -> {
                            builder.onException(org.apache.camel.ValidationException.class)
                                    .handled(true)
                                    .setHeader("why")
                                    .simple("${exception.message}")
                                    .to("kafka:invalid");
                            builder.onException(IllegalStateException.class)
                                    .maximumRedeliveries(1)
                                    .redeliveryDelay(1)
                                    .handled(true)
                                    .to("kafka:never");
                        })
                        .eachFirst(sample -> sent(sample, "before"))
                        .only(INVALID, sent(INVALID, "invalid").header("why", "device_type: missing. Exchange[]")),
                StepCase.of("onException", "that stops: dropped on purpose")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    handled: {constant: "true"}
                                    steps:
                                      - stop: {}
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .handled(true)
                                .stop())
                        .failing(),
                StepCase.of("errorHandler", "a dead letter channel of the route's own")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .topLevel("""
                                - errorHandler:
                                    deadLetterChannel:
                                      deadLetterUri: kafka:own-dead-letters
                                      redeliveryPolicy: {maximumRedeliveries: 1, redeliveryDelay: 1}
                                """)
                        .failsWith("IllegalStateException: no database"),
                StepCase.of("throwException", "after the result was sent: passed on, and told in the log")
                        .yaml("""
                                - marshal: {json: {}}
                                - to: kafka:processed-data
                                - unmarshal: {json: {}}
                                - throwException: {exceptionType: java.lang.IllegalStateException, message: late}
                                """)
                        .java(way -> way.marshal()
                                .json()
                                .to("kafka:processed-data")
                                .unmarshal()
                                .json()
                                .throwException(IllegalStateException.class, "late"))
                        .each(sample -> List.of(sent(sample, Expected.OUTPUT))),
                StepCase.of("throwException", "after something else was sent: a dead letter")
                        .yaml("""
                                - to: kafka:audit
                                - throwException: {exceptionType: java.lang.IllegalStateException, message: late}
                                """)
                        .java(way -> way.to("kafka:audit").throwException(IllegalStateException.class, "late"))
                        .each(sample -> List.of(sent(sample, "audit"), failed(sample, "IllegalStateException: late"))),
                StepCase.of(
                                "throwException",
                                "after key, topic, headers and body were changed: the dead letter has its own")
                        .yaml("""
                                - setHeader: {name: kafka.KEY, constant: other}
                                - setHeader: {name: kafka.PARTITION_KEY, constant: 3}
                                - setHeader: {name: kafka.OVERRIDE_TOPIC, constant: elsewhere}
                                - setHeader: {name: kafka.OVERRIDE_TIMESTAMP, constant: 5}
                                - setHeader: {name: tag, constant: three}
                                - setHeader: {name: region, constant: north}
                                - removeHeader: {name: trace}
                                - setBody: {constant: changed}
                                - throwException: {exceptionType: java.lang.IllegalStateException, message: late}
                                """)
                        .java(way -> way.setHeader("kafka.KEY")
                                .constant("other")
                                .setHeader("kafka.PARTITION_KEY")
                                .constant(3)
                                .setHeader("kafka.OVERRIDE_TOPIC")
                                .constant("elsewhere")
                                .setHeader("kafka.OVERRIDE_TIMESTAMP")
                                .constant(5)
                                .setHeader("tag")
                                .constant("three")
                                .setHeader("region")
                                .constant("north")
                                .removeHeader("trace")
                                .setBody()
                                .constant("changed")
                                .throwException(IllegalStateException.class, "late"))
                        .each(sample -> List.of(failed(sample, "IllegalStateException: late"))),
                StepCase.of("onException", "in which another step fails: the dead letter tells of that")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .topLevel("""
                                - onException:
                                    exception: [java.lang.IllegalStateException]
                                    handled: {constant: "true"}
                                    steps:
                                      - to: kafka:odd-logins
                                      - throwException: {exceptionType: java.lang.IllegalArgumentException, message: worse}
                                """)
                        .javaTopLevel(builder -> builder.onException(IllegalStateException.class)
                                .handled(true)
                                .to("kafka:odd-logins")
                                .throwException(IllegalArgumentException.class, "worse"))
                        .failing(
                                sent(IPHONE, "odd-logins"),
                                deadLetter(IPHONE, "processing", "IllegalArgumentException: worse", 1)));
    }
}
