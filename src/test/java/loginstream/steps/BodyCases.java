package loginstream.steps;

import static loginstream.steps.Expected.failed;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;

import java.util.List;

/** What a step may make of the body, and what then goes out. */
final class BodyCases {
    private BodyCases() {}

    static List<StepCase> all() {
        return List.of(
                StepCase.of("setHeader", "from a member, with a dot")
                        .yaml("""
                                - setHeader: {name: region, simple: "${body.locale}"}
                                """)
                        .java(way -> way.setHeader("region").simple("${body.locale}"))
                        .each(sample -> List.of(output(sample).header("region", sample.locale()))),
                StepCase.of("setBody", "a new map")
                        .yaml("""
                                - setBody: {method: {ref: beans, method: fresh}}
                                - to: kafka:fresh
                                - setHeader: {name: again, simple: "${body[locale]}"}
                                """)
                        .java(way -> way.setBody()
                                .method("beans", "fresh")
                                .to("kafka:fresh")
                                .setHeader("again")
                                .simple("${body[locale]}"))
                        .each(sample -> List.of(
                                sent(sample, "fresh").value(fresh(sample)),
                                output(sample)
                                        .value(fresh(sample)
                                                .replace("}", ",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"))
                                        .header("again", sample.locale()))),
                StepCase.of("setBody", "bytes, which at another topic may be anything")
                        .yaml("""
                                - setVariable: {name: login, simple: "${body}"}
                                - setBody: {method: {ref: beans, method: bytes}}
                                - to: kafka:bytes
                                - setBody: {variable: login}
                                """)
                        .java(way -> way.setVariable("login")
                                .simple("${body}")
                                .setBody()
                                .method("beans", "bytes")
                                .to("kafka:bytes")
                                .setBody()
                                .variable("login"))
                        .eachFirst(sample -> sent(sample, "bytes").value("\u0001 bytes")),
                StepCase.of("setBody", "null: a tombstone at another topic, at the output no JSON object")
                        .yaml("""
                                - setBody: {simple: "${null}"}
                                - to: kafka:tombstones
                                """)
                        .java(way -> way.setBody().simple("${null}").to("kafka:tombstones"))
                        .each(sample -> List.of(
                                sent(sample, "tombstones").value(null),
                                failed(
                                        sample,
                                        "UnparseableLoginException: the body that a step has set is null, not a JSON"
                                                + " object"))),
                StepCase.of("setBody", "JSON that is no object")
                        .yaml("""
                                - setBody: {constant: "[1]"}
                                """)
                        .java(way -> way.setBody().constant("[1]"))
                        .each(sample -> List.of(failed(
                                sample,
                                "UnparseableLoginException: the body that a step has set is no JSON object: not a JSON"
                                        + " object"))),
                StepCase.of("script", "puts a member, which Simple takes for text")
                        .yaml("""
                                - script: {simple: "${body.put('n', 1)}"}
                                """)
                        .java(way -> way.script().simple("${body.put('n', 1)}"))
                        .each(sample -> List.of(output(sample)
                                .value(Sample.enriched(sample.value().replaceFirst("}$", ",\"n\":\"1\"}"))))),
                StepCase.of("to", "a topic twice: each login's records stay together, as if it had come alone")
                        .yaml("""
                                - to: kafka:twice
                                - setHeader: {name: second, constant: "yes"}
                                - to: kafka:twice
                                """)
                        .java(way -> way.to("kafka:twice")
                                .setHeader("second")
                                .constant("yes")
                                .to("kafka:twice"))
                        .each(sample -> List.of(
                                sent(sample, "twice"),
                                sent(sample, "twice").header("second", "yes"),
                                output(sample).header("second", "yes"))),
                StepCase.of("to", "a topic twice, one right after the other")
                        .yaml("""
                                - to: kafka:twice
                                - to: kafka:twice
                                """)
                        .java(way -> way.to("kafka:twice").to("kafka:twice"))
                        .each(sample -> List.of(sent(sample, "twice"), sent(sample, "twice"), output(sample))),
                StepCase.of("wireTap", "to a topic, which is outside of the transaction, whatever becomes of it")
                        .yaml("""
                                - wireTap: {uri: "kafka:tapped"}
                                """)
                        .java(way -> way.wireTap("kafka:tapped")));
    }

    private static String fresh(Sample sample) {
        return "{\"locale\":\"" + sample.locale() + "\"}";
    }
}
