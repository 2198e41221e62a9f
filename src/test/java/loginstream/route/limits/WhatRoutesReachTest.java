package loginstream.route.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What src/docs/security.md says of routes, live: what they reach without a list, and what is left of it with one. */
class WhatRoutesReachTest {
    private static final List<String> LIST = List.of("direct", "constant");

    @TempDir
    private Path folder;

    static Stream<Arguments> steps() {
        return Stream.of(
                argumentSet(
                        "a program",
                        "{bean: {beanType: java.lang.Runtime, method: getRuntime}}, "
                                + "{setBody: {simple: \"${body.exec('cp FOLDER/secret FOLDER/stolen')}\"}}"),
                argumentSet(
                        "a file, read",
                        "{pollEnrich: {constant: 'file:FOLDER?fileName=secret&noop=true', timeout: '5000'}}, "
                                + "{to: 'file:FOLDER?fileName=stolen'}"),
                argumentSet(
                        "a file as a text",
                        "{setBody: {constant: 'resource:file:FOLDER/secret'}}, {to: 'file:FOLDER?fileName=stolen'}"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everythingWithoutAList(String steps) throws Exception {
        // Given
        Files.writeString(folder.resolve("secret"), "x");

        // When
        run(steps, List.of());

        // Then
        await().untilAsserted(() -> assertThat(folder.resolve("stolen")).hasContent("x"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void notWithOne(String steps) throws Exception {
        // Given
        Files.writeString(folder.resolve("secret"), "x");

        // Then
        assertThatThrownBy(() -> run(steps, LIST))
                .rootCause()
                .hasMessageContaining(" cannot be used: loginstream.routes.allowed has constant, direct, simple");
        assertThat(folder.resolve("stolen")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{setBody: {simple: '${env:PATH}'}}",
                "{setBody: {simple: '${sys.user.dir}'}}",
                "{setBody: {constant: '{{user.dir}}'}}"
            })
    void settingsAndTheEnvironmentInEveryCase(String step) throws Exception {
        assertThat(run(step, LIST)).isIn(System.getenv("PATH"), System.getProperty("user.dir"));
    }

    @Test
    void aCopyToSomewhereElseIsNotMade() throws Exception {
        // When it goes its own way, where nobody waits for it
        run(
                "{setVariable: {name: where, constant: 'file:FOLDER?fileName=stolen'}}, {wireTap: {uri: '${variable.where}'}}",
                LIST);

        // Then
        assertThat(folder.resolve("stolen")).doesNotExist();
    }

    private String run(String steps, List<String> allowed) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RouteLimits.install(context, allowed);
            String route = "- route: {from: {uri: 'direct:start', steps: [" + steps.replace("FOLDER", folder.toString())
                    + "]}}";
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("x.yaml", route));
            context.start();
            return context.createProducerTemplate().requestBody("direct:start", "x", String.class);
        }
    }
}
