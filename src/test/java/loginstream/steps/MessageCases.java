package loginstream.steps;

import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.GERMAN;
import static loginstream.steps.Sample.ODD;

import java.util.List;
import org.apache.camel.model.ClaimCheckOperation;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Steps that change the message or something beside it. */
final class MessageCases {
    private MessageCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("bean", "changes a member and a header")
                        .yaml("""
                                - bean: {ref: beans, method: shorten}
                                """)
                        .java(way -> way.bean("beans", "shorten"))
                        .each(sample -> List.of(output(sample)
                                .value(sample.enriched().replace("2.3.0", "2").replace(" , ", ","))
                                .header("region", sample.locale()))),
                StepCase.of("process", "fails for one")
                        .yaml("""
                                - process: {ref: failing}
                                """)
                        .java(way -> way.process("failing"))
                        .failsWith("IllegalStateException: no database"),
                StepCase.of("process", "recovers")
                        .yaml("""
                                - to: kafka:before
                                - process: {ref: recovering}
                                - to: kafka:after
                                """)
                        .java(way ->
                                way.to("kafka:before").process("recovering").to("kafka:after"))
                        .each(sample -> List.of(sent(sample, "before"), sent(sample, "after"), output(sample))),
                StepCase.of("script", "removes a member")
                        .yaml("""
                                - script: {simple: "${body.remove('ip')}"}
                                """)
                        .java(way -> way.script().simple("${body.remove('ip')}"))
                        .each(sample -> List.of(output(sample)
                                .value(sample.enriched()
                                        .replace(" , ", ",")
                                        .replace("\"ip\":\"199.172.111.135\",", "")))),
                StepCase.of("setBody", "JSON text")
                        .yaml("""
                                - setBody: {constant: '{"user_id":"x","timestamp":1694479551,"n":1.00}'}
                                """)
                        .java(way -> way.setBody().constant("{\"user_id\":\"x\",\"timestamp\":1694479551,\"n\":1.00}"))
                        .result(result -> result.value(
                                Sample.enriched("{\"user_id\":\"x\",\"timestamp\":1694479551,\"n\":1.00}"))),
                StepCase.of("setBody", "something that is not JSON, where the route goes on with its members")
                        .yaml("""
                                - to: kafka:first
                                - setBody: {constant: hello}
                                - to: kafka:free
                                """)
                        .java(way -> way.to("kafka:first")
                                .setBody()
                                .constant("hello")
                                .to("kafka:free"))
                        .each(sample -> List.of(
                                sent(sample, "first"),
                                sent(sample, "free").value("hello"),
                                failed(
                                        sample,
                                        "UnparseableLoginException: the body that a step has set is no JSON"
                                                + " object: not JSON: Unrecognized token 'hello': was expecting (JSON String,"
                                                + " Number, Array, Object or token 'null', 'true' or 'false')"))),
                StepCase.of("transform", "text")
                        .yaml("""
                                - transform: {simple: '{"user_id":"${body[user_id]}","timestamp":"${body[timestamp]}"}'}
                                """)
                        .java(way -> way.transform()
                                .simple("{\"user_id\":\"${body[user_id]}\",\"timestamp\":\"${body[timestamp]}\"}"))
                        .result(result ->
                                result.value(Sample.enriched("{\"user_id\":\"424cdd21-063a-43a7-b91b-7ca1a833afae\","
                                        + "\"timestamp\":\"1694479551\"}"))),
                StepCase.of("convertBodyTo", "text of JSON and back")
                        .yaml("""
                                - marshal: {json: {}}
                                - convertBodyTo: {type: java.lang.String}
                                """)
                        .java(way -> way.marshal().json(JsonLibrary.Jackson).convertBodyTo(String.class)),
                StepCase.of("marshal", "and unmarshal, inside a filter")
                        .yaml("""
                                - filter:
                                    simple: "${body[locale]} == 'DE'"
                                    steps:
                                      - marshal: {json: {}}
                                      - to: kafka:german
                                      - unmarshal: {json: {}}
                                      - setHeader: {name: again, simple: "${body[locale]}"}
                                """)
                        .java(way -> way.filter()
                                .simple("${body[locale]} == 'DE'")
                                .marshal()
                                .json(JsonLibrary.Jackson)
                                .to("kafka:german")
                                .unmarshal()
                                .json(JsonLibrary.Jackson)
                                .setHeader("again")
                                .simple("${body[locale]}")
                                .end())
                        .only(GERMAN, sent(GERMAN, "german"), output(GERMAN).header("again", "DE")),
                StepCase.of("unmarshal", "by the name of the format")
                        .yaml("""
                                - marshal: {custom: {ref: loginJson}}
                                - unmarshal: {custom: {ref: loginJson}}
                                - setHeader: {name: again, simple: "${body[locale]}"}
                                """)
                        .java(way -> way.marshal("loginJson")
                                .unmarshal("loginJson")
                                .setHeader("again")
                                .simple("${body[locale]}"))
                        .each(sample -> List.of(output(sample).header("again", sample.locale()))),
                StepCase.of("setHeader", "from a member")
                        .yaml("""
                                - setHeader: {name: region, simple: "${body[locale]}"}
                                """)
                        .java(way -> way.setHeader("region").simple("${body[locale]}"))
                        .each(sample -> List.of(output(sample).header("region", sample.locale()))),
                StepCase.of("setHeader", "in the place of one that was consumed twice")
                        .yaml("""
                                - setHeader: {name: tag, constant: three}
                                """)
                        .java(way -> way.setHeader("tag").constant("three"))
                        .result(result -> result.header("tag", "three")),
                StepCase.of("setHeader", "key, topic, partition and time of the record")
                        .yaml("""
                                - setHeader: {name: kafka.KEY, simple: "${body[locale]}"}
                                - setHeader: {name: kafka.PARTITION_KEY, constant: 3}
                                - setHeader: {name: kafka.OVERRIDE_TIMESTAMP, simple: "1700000000000"}
                                - setHeader: {name: kafka.OVERRIDE_TOPIC, constant: elsewhere}
                                - to: kafka:somewhere
                                """)
                        .java(way -> way.setHeader("kafka.KEY")
                                .simple("${body[locale]}")
                                .setHeader("kafka.PARTITION_KEY")
                                .constant(3)
                                .setHeader("kafka.OVERRIDE_TIMESTAMP")
                                .simple("1700000000000")
                                .setHeader("kafka.OVERRIDE_TOPIC")
                                .constant("elsewhere")
                                .to("kafka:somewhere"))
                        .each(sample -> List.of(
                                sent(sample, "elsewhere")
                                        .key(sample.locale())
                                        .partition(3)
                                        .timestamp(1700000000000L),
                                output(sample).key(sample.locale()).partition(3).timestamp(1700000000000L))),
                StepCase.of("setHeaders", "two")
                        .yaml("""
                                - setHeaders:
                                    headers:
                                      - {name: region, simple: "${body[locale]}"}
                                      - {name: checked, constant: "yes"}
                                """)
                        .each(sample -> List.of(
                                output(sample).header("region", sample.locale()).header("checked", "yes"))),
                StepCase.of("removeHeader", "one that was consumed")
                        .yaml("""
                                - removeHeader: {name: tag}
                                """)
                        .java(way -> way.removeHeader("tag"))
                        .result(result -> result.without("tag")),
                StepCase.of("removeHeaders", "all but one")
                        .yaml("""
                                - removeHeaders: {pattern: "*", excludePattern: "tag"}
                                """)
                        .java(way -> way.removeHeaders("*", "tag"))
                        .result(result -> result.without("trace")),
                StepCase.of("convertHeaderTo", "the bytes that were consumed to text")
                        .yaml("""
                                - convertHeaderTo: {name: trace, type: java.lang.String}
                                - filter:
                                    simple: "${header.trace} == 'GERMAN'"
                                    steps:
                                      - stop: {}
                                """)
                        .java(way -> way.convertHeaderTo("trace", String.class)
                                .filter()
                                .simple("${header.trace} == 'GERMAN'")
                                .stop()
                                .end())
                        .result(result -> result)
                        .each(sample -> List.of(output(sample).header("trace", sample.name())))
                        .only(GERMAN),
                StepCase.of("setVariable", "lives on, and is no header")
                        .yaml("""
                                - setVariable: {name: region, simple: "${body[locale]}"}
                                - setBody: {constant: "{}"}
                                - setBody: {simple: '{"region":"${variable.region}"}'}
                                """)
                        .java(way -> way.setVariable("region")
                                .simple("${body[locale]}")
                                .setBody()
                                .constant("{}")
                                .setBody()
                                .simple("{\"region\":\"${variable.region}\"}"))
                        .each(sample -> List.of(output(sample)
                                .value("{\"region\":\"" + sample.locale()
                                        + "\",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"))),
                StepCase.of("setVariables", "two")
                        .yaml("""
                                - setVariables:
                                    variables:
                                      - {name: a, simple: "${body[locale]}"}
                                      - {name: b, constant: "!"}
                                - setHeader: {name: both, simple: "${variable.a}${variable.b}"}
                                """)
                        .each(sample -> List.of(output(sample).header("both", sample.locale() + "!"))),
                StepCase.of("convertVariableTo", "a number")
                        .yaml("""
                                - setVariable: {name: n, constant: "07"}
                                - convertVariableTo: {name: n, type: java.lang.Integer}
                                - setHeader: {name: n, simple: "${variable.n}"}
                                - convertHeaderTo: {name: n, type: java.lang.String}
                                """)
                        .java(way -> way.setVariable("n")
                                .constant("07")
                                .convertVariableTo("n", Integer.class)
                                .setHeader("n")
                                .simple("${variable.n}")
                                .convertHeaderTo("n", String.class))
                        .result(result -> result.header("n", "7")),
                StepCase.of("removeVariable", "one of two")
                        .yaml("""
                                - setVariable: {name: a, constant: x}
                                - removeVariable: {name: a}
                                - setHeader: {name: a, simple: "[${variable.a}]"}
                                """)
                        .java(way -> way.setVariable("a")
                                .constant("x")
                                .removeVariable("a")
                                .setHeader("a")
                                .simple("[${variable.a}]"))
                        .result(result -> result.header("a", "[]")),
                StepCase.of("setProperty", "lives on")
                        .yaml("""
                                - setProperty: {name: region, simple: "${body[locale]}"}
                                - log: "in between"
                                - setHeader: {name: region, simple: "${exchangeProperty.region}"}
                                """)
                        .java(way -> way.setProperty("region")
                                .simple("${body[locale]}")
                                .log("in between")
                                .setHeader("region")
                                .simple("${exchangeProperty.region}"))
                        .each(sample -> List.of(output(sample).header("region", sample.locale()))),
                StepCase.of("removeProperty", "one")
                        .yaml("""
                                - setProperty: {name: a, constant: x}
                                - removeProperty: {name: a}
                                - setHeader: {name: a, simple: "[${exchangeProperty.a}]"}
                                """)
                        .java(way -> way.setProperty("a")
                                .constant("x")
                                .removeProperty("a")
                                .setHeader("a")
                                .simple("[${exchangeProperty.a}]"))
                        .result(result -> result.header("a", "[]")),
                StepCase.of("removeProperties", "whatever there is; what is sent afterwards is still the login's")
                        .yaml("""
                                - setProperty: {name: a, constant: x}
                                - removeProperties: {pattern: "*"}
                                - setHeader: {name: a, simple: "[${exchangeProperty.a}]"}
                                - toD: kafka:after
                                """)
                        .java(way -> way.setProperty("a")
                                .constant("x")
                                .removeProperties("*")
                                .setHeader("a")
                                .simple("[${exchangeProperty.a}]")
                                .toD("kafka:after"))
                        .each(sample -> List.of(
                                sent(sample, "after").header("a", "[]"),
                                output(sample).header("a", "[]"))),
                StepCase.of("claimCheck", "puts the login aside and takes it back")
                        .yaml("""
                                - claimCheck: {operation: Push}
                                - setBody: {constant: aside}
                                - to: kafka:aside
                                - claimCheck: {operation: Pop}
                                """)
                        .java(way -> way.claimCheck(ClaimCheckOperation.Push)
                                .setBody()
                                .constant("aside")
                                .to("kafka:aside")
                                .claimCheck(ClaimCheckOperation.Pop))
                        .eachFirst(sample -> sent(sample, "aside").value("aside")),
                StepCase.of("setExchangePattern", "changes nothing here")
                        .yaml("""
                                - setExchangePattern: InOut
                                """)
                        .java(way -> way.setExchangePattern(org.apache.camel.ExchangePattern.InOut)),
                StepCase.of("sort", "names of the members")
                        .yaml("""
                                - setVariable: {name: all, simple: "${body}"}
                                - sort: {expression: {simple: "${body.keySet}"}}
                                - to: kafka:names
                                - setBody: {variable: all}
                                """)
                        .java(way -> way.setVariable("all")
                                .simple("${body}")
                                .sort(org.apache.camel.support.builder.ExpressionBuilder.simpleExpression(
                                        "${body.keySet}"))
                                .to("kafka:names")
                                .setBody()
                                .variable("all"))
                        .eachFirst(sample -> sent(sample, "names")
                                .value("[\"app_version\",\"device_id\",\"device_type\",\"ip\",\"locale\","
                                        + (sample == ODD ? "\"odd\"," : "") + "\"timestamp\",\"user_id\"]")),
                StepCase.of("validate", "rejects what does not hold")
                        .yaml("""
                                - validate: {simple: "${body[device_type]} != 'iOS'"}
                                """)
                        .java(way -> way.validate().simple("${body[device_type]} != 'iOS'"))
                        .failsWith(
                                "PredicateValidationException: Validation failed for Predicate[bodyOgnl([device_type]) !="
                                        + " iOS]. Exchange[]"),
                StepCase.of("log", "names a member").yaml("""
                                - log: "${body[locale]}"
                                """).java(way -> way.log("${body[locale]}")),
                StepCase.of("delay", "a little").yaml("""
                                - delay: {constant: 1}
                                """).java(way -> way.delay(1)),
                StepCase.of("delay", "asynchronously, and all of them at once")
                        .yaml("""
                                - delay: {expression: {constant: 20}, asyncDelayed: true}
                                """)
                        .java(way -> way.delay(20).asyncDelayed().end()));
    }
}
