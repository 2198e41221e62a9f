package loginstream.route.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.Staging;
import loginstream.Wiring;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.filter.LoginFilter;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.fixture.TestSettings;
import loginstream.route.trial.Finding;
import loginstream.route.yaml.YamlRoutes;
import loginstream.schema.TopicFormats;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways that an edit of the shipped route may try to get at more than is listed, when it is loaded and when it runs. */
class RouteLimitsTest {
    private static final String NAME = "user-login.camel.yaml";
    private static final String PLACE = "        - process:\n            ref: loginValidator\n";
    private static final String USUAL = "kafka,direct,log,mock,simple,constant";

    @TempDir
    private Path folder;

    /** Each with what is told to be refused. */
    static Stream<Arguments> steps() {
        return Stream.of(
                step("a program", "the component exec", "to: exec:ls"),
                step("a file", "the component file", "to: file:/tmp/stolen"),
                step("another host", "the component http", "to: http://localhost:1/"),
                step("a step of its own name", "the component seda", "to: {uri: seda, parameters: {name: x}}"),
                step(
                        "a key in place of the name",
                        "the component file",
                        "to: '{{loginstream.instance-id}}:/tmp/stolen'"),
                step("a computed file", "the component file", "toD: 'file:/tmp/${body[locale]}'"),
                step("a computed name", "the component file", "toD: '${body[where]}:/tmp/stolen'"),
                step(
                        "a computed name, not kept",
                        "the component file",
                        "toD: {uri: '${body[where]}:x', cacheSize: -1}"),
                step("a list", "the component file", "recipientList: {simple: 'log:x,${body[where]}:x'}"),
                step("a slip", "the component file", "routingSlip: {simple: '${body[where]}:x'}"),
                step("a router", "the component file", "dynamicRouter: {simple: '${body[where]}:x'}"),
                step("a question", "the component file", "enrich: {simple: '${body[where]}:x'}"),
                step("a look", "the component file", "pollEnrich: {simple: '${body[where]}:x', timeout: '1'}"),
                step("a poll", "the component file", "poll: {uri: 'file:/etc?noop=true', timeout: 1}"),
                step("a copy", "the component file", "wireTap: {uri: 'file:/tmp/stolen'}"),
                step("by reference", "the component ref", "to: ref:somewhere"),
                step("a control bus", "the component controlbus", "to: 'controlbus:route?routeId=x&action=stop'"),
                step("a style sheet", "the component xslt", "to: xslt:file:/etc/passwd"),
                step("a kamelet", "the component kamelet", "kamelet: {name: x}"),
                step("a text in a URI", "the component language", "to: 'language:simple:${body}'"),
                step("a format in a URI", "the component dataformat", "to: dataformat:jackson:marshal"),
                step("a bean in a URI", "the component bean", "to: bean:deadLetters"),
                step("a class in a URI", "the component class", "to: class:java.lang.Runtime"),
                step(
                        "a class",
                        "the class java.lang.Runtime",
                        "bean: {beanType: java.lang.Runtime, method: getRuntime}"),
                step(
                        "a class as a processor",
                        "the class java.util.Scanner",
                        "process: {ref: '#class:java.util.Scanner'}"),
                step(
                        "a class in an option",
                        "the class java.util.Scanner",
                        "to: 'log:x?exchangeFormatter=#class:java.util.Scanner'"),
                step("a class as a type", "the class java.util.Scanner", "convertBodyTo: {type: java.util.Scanner}"),
                step(
                        "a class to be read into",
                        "the data format jackson",
                        "unmarshal: {json: {unmarshalType: java.lang.Runtime}}"),
                step("a format", "the data format jackson", "marshal: {json: {prettyPrint: true}}"),
                step("a script", "the language groovy", "script: {groovy: '1'}"),
                step("a script by name", "the language js", "script: {language: {language: js, expression: '1'}}"),
                step("a language", "the language xpath", "setBody: {xpath: /a}"),
                step("a language in a predicate", "the language tokenize", "split: {tokenize: ',', steps: [{log: x}]}"),
                step("a bean as a language", "the language bean", "setBody: {method: {ref: deadLetters}}"),
                step("a reference as a language", "the language ref", "setBody: {ref: deadLetters}"),
                step("a file as a text", "the resource file", "setBody: {constant: 'resource:file:/etc/passwd'}"),
                step("a file as a Simple text", "the resource file", "setBody: {simple: 'resource:file:/etc/passwd'}"),
                step(
                        "a class path as a text",
                        "the resource classpath",
                        "setBody: {constant: 'resource:classpath:application.properties'}"),
                step(
                        "another exchange's bean in Simple",
                        "the language bean",
                        "setBody: {simple: '${bean:deadLetters}'}"),
                step(
                        "a type in Simple",
                        "the class java.lang.Runtime",
                        "setBody: {simple: '${type:java.lang.Runtime.version}'}"),
                step(
                        "a conversion in Simple",
                        "the class java.util.Scanner",
                        "setBody: {simple: '${bodyAs(java.util.Scanner)}'}"),
                step(
                        "a bean's class in Simple",
                        "the class java.lang.Runtime",
                        "setBody: {simple: '${bean:type:java.lang.Runtime?method=getRuntime}'}"),
                step(
                        "a class of the body",
                        "getClass",
                        "setHeader: {name: a, simple: \"${body.getClass().forName('java.lang.Runtime')}\"}"),
                step("a class of the body, short", "class", "setHeader: {name: a, simple: \"${body.class.name}\"}"),
                step("a class of a member", "getClass", "setHeader: {name: a, simple: \"${body[ip].getClass()}\"}"),
                step("the context", "getName", "setHeader: {name: a, simple: '${camelContext.getName()}'}"),
                step(
                        "the context of the exchange",
                        "getContext",
                        "setHeader: {name: a, simple: '${exchange.getContext().getName()}'}"),
                step("a bean", "the step bean", "bean: {ref: deadLetters}"),
                step(
                        "a bean in a computed URI",
                        "the component bean",
                        "toD: {uri: 'bean:${body[bean]}', cacheSize: -1}"));
    }

    private static Arguments step(String name, String refused, String step) {
        return argumentSet(name, refused, step);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isRefusedWithItsPlace(String refused, String step) throws Exception {
        // Given
        write(shipped().replace(PLACE, PLACE + """
                        - script:
                            simple: ${body.put('where', 'file')}${body.put('bean', 'deadLetters')}
                        - %s
                """.formatted(step)));

        // When
        String reason = refusal(USUAL);

        // Then
        assertThat(reason)
                .contains("/" + NAME + ":")
                .contains(refused)
                .contains(" cannot be used: loginstream.routes.allowed has constant, direct, kafka, log, mock, simple");
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                argumentSet("a bean's class", "the class java.lang.ProcessBuilder", """
                        - beans:
                            - {name: evil, type: '#class:java.lang.ProcessBuilder'}
                        """),
                argumentSet("a bean's class, plain", "the class java.lang.ProcessBuilder", """
                        - beans:
                            - {name: evil, type: java.lang.ProcessBuilder}
                        """),
                argumentSet("a bean's script", "", """
                        - beans:
                            - {name: evil, type: java.lang.Object, scriptLanguage: groovy, script: 'new Object()'}
                        """),
                argumentSet(
                        "a component by another name", "the class org.apache.camel.component.file.FileComponent", """
                        - beans:
                            - {name: mock, type: '#class:org.apache.camel.component.file.FileComponent'}
                        """),
                argumentSet("another input", "the component timer", """
                        - route: {id: x, from: {uri: 'timer:x', steps: [{log: x}]}}
                        """),
                argumentSet("a service", "the component rest", """
                        - rest: {path: /x, get: [{path: /y, to: 'direct:y'}]}
                        """),
                argumentSet("a template", "the component file", """
                        - routeTemplate:
                            id: template
                            parameters: [{name: where}]
                            from: {uri: 'direct:{{where}}', steps: [{to: 'file:/tmp/{{where}}'}]}
                        - templatedRoute: {routeTemplateRef: template, parameters: [{name: where, value: x}]}
                        """),
                argumentSet("a route that is called", "the component file", """
                        - route: {id: x, from: {uri: 'direct:x', steps: [{to: 'file:/tmp/x'}]}}
                        """),
                argumentSet("a policy", "the component file", """
                        - onException: {exception: [java.lang.Exception], steps: [{to: 'file:/tmp/x'}]}
                        """),
                argumentSet("a class as an exception", "the class java.lang.Runtime", """
                        - onException: {exception: [java.lang.Runtime], steps: [{log: x}]}
                        """));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void soIsWhateverElseIsInAFile(String refused, String part) throws Exception {
        // Given
        write(part + shipped());

        // When
        String reason = refusal(USUAL);

        // Then
        assertThat(reason).contains(refused).contains("loginstream.routes.allowed has constant,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setHeader: {name: a, simple: '${body[locale]}'}",
                "setHeader: {name: a, simple: '${body.locale}'}",
                "setHeader: {name: a, simple: \"${body[ip].substring(0, 2)}\"}",
                "setHeader: {name: a, simple: \"${body.get('nothing')?.length()}\"}",
                "script: {simple: \"${body.remove('x')}\"}",
                "log: '${body[locale]} ${header.a} ${exchangeId}'",
                "choice: {when: [{simple: \"${body[locale]} == 'XX'\", steps: [{to: 'log:x'}]}]}",
                "toD: 'log:${body[locale]}'",
                "doTry: {steps: [{log: x}], doCatch: [{exception: [java.io.IOException], steps: [{log: x}]}]}",
                "setProperty: {name: a, constant: b}"
            })
    void whatIsListedGoesOnAsIfThereWereNoList(String step) throws Exception {
        // Given
        write(shipped().replace(PLACE, PLACE + "        - " + step + "\n"));

        // When
        String reason = refusal(USUAL);

        // Then
        assertThat(reason).isEmpty();
    }

    @Test
    void theShippedRoutesNeedLittle() throws Exception {
        // Given
        write(shipped());

        // Then
        assertThat(refusal("kafka,constant")).isEmpty();
        assertThat(refusal("kafka")).contains(NAME + ":", "the language constant");
        assertThat(refusal("constant")).contains(NAME + ":", "the component kafka");
    }

    @Test
    void beansAndClassesAreListedAsWell() throws Exception {
        write(shipped().replace(PLACE, PLACE + "        - bean: {beanType: java.util.UUID, method: randomUUID}\n"));
        assertThat(refusal(USUAL + ",class")).doesNotContain("loginstream.routes.allowed");
        write(shipped()
                .replace(PLACE, PLACE + "        - setHeader: {name: a, simple: '${bean:clock?method=millis}'}\n"));
        assertThat(refusal(USUAL + ",bean")).isEmpty();
    }

    @Test
    void theFilterIsLimitedToo() throws Exception {
        write(shipped());
        assertThat(refusal(USUAL, "loginstream.filter", "${bean:deadLetters}"))
                .contains("the language bean cannot be used");

        // What the route that runs fails at as well is held against no edit: it is the logins that fail.
        CamelContext context = new DefaultCamelContext();
        Settings settings = TestSettings.with("loginstream.routes.allowed", USUAL);
        Wiring.onStage(
                        settings,
                        Clock.systemUTC(),
                        TopicFormats.of(settings.schema(), settings.topics()).input(),
                        record -> {})
                .configure(context);
        LoginFilter filter = new LoginFilter(context, "${camelContext.getName()} == 'x'");
        assertThatThrownBy(() -> filter.apply(SingleLogin.read(LoginRecords.good())))
                .hasMessageContaining("cannot be used: loginstream.routes.allowed has");
    }

    @Test
    void withoutAListThereIsNoLimit() throws Exception {
        write(
                shipped()
                        .replace(
                                PLACE,
                                PLACE
                                        + "        - to: seda:x\n        - setHeader: {name: a, simple: '${camelContext.getName()}'}\n"));
        assertThat(refusal("")).isEmpty();
    }

    private static String shipped() throws IOException {
        return Files.readString(Path.of("routes", NAME));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(NAME), text);
    }

    /** Why the files cannot be used, or what they fail at with made-up logins; empty if neither. */
    private String refusal(String allowed, String... more) throws InterruptedException {
        Map<String, String> changes = new HashMap<>(Map.of("loginstream.routes.allowed", allowed));
        changes.put("loginstream.instance-id", "file");
        for (int i = 0; i < more.length; i += 2) {
            changes.put(more[i], more[i + 1]);
        }
        Settings settings = TestSettings.with(changes);
        YamlRoutes routes = Staging.yamlRoutes(settings, folder);
        try {
            routes.load();
            List<Finding> findings = routes.rehearse(Staging.javaRoutes(settings));
            return findings.isEmpty() ? "" : Finding.list(findings);
        } catch (InvalidSettingException e) {
            return e.getMessage();
        }
    }
}
