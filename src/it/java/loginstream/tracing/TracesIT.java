package loginstream.tracing;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector is told of batches, by a process of its own. */
@ExtendWith(SharedBroker.class)
class TracesIT {
    private static final int COUNT = 20_000;
    private static final int DEAD_LETTERS = COUNT / 20;
    private static final Pattern NUMBER = Pattern.compile("\"n\":([0-9]+)");

    @TempDir
    private Path routes;

    private TestTopics topics;

    @BeforeEach
    void topics(Cluster cluster) throws IOException {
        topics = cluster.freshTopics(2);
        Files.copy(Path.of("routes/user-login.camel.yaml"), routes.resolve("user-login.camel.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void aSpanForEachBatchWithLinksToItsLogins(String form, Cluster cluster) throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            // Given
            cluster.send(logins(0, COUNT));

            // When
            run(cluster, receiver.address(), "loginstream.routes", form);

            // Then
            NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
            assertHeadersAsTheyCame(cluster);
            List<Span> batches = receiver.spans(("process " + topics.input())::equals);
            assertThat(batches).allSatisfy(this::isThatOfABatch);
            assertThat(batches.stream()
                            .mapToLong(span -> OtlpReceiver.attribute(span, "messaging.batch.message_count")
                                    .getIntValue())
                            .sum())
                    .isEqualTo(COUNT);
            assertThat(batches.stream()
                            .mapToLong(span -> OtlpReceiver.attribute(span, "loginstream.dead_letters")
                                    .getIntValue())
                            .sum())
                    .isEqualTo(DEAD_LETTERS);
            assertThat(batches.stream()
                            .flatMap(span -> span.getLinksList().stream())
                            .map(link -> OtlpReceiver.hex(link.getTraceId()) + " " + OtlpReceiver.hex(link.getSpanId())
                                    + " " + link.getTraceState()))
                    .containsExactlyInAnyOrderElementsOf(expectedLinks());
            assertThat(batches).anyMatch(span -> span.getLinksCount() > 128);
            assertThat(batches).noneMatch(span -> span.getDroppedLinksCount() > 0);
            Set<String> ids = ids(batches);
            assertThat(receiver.spans(("send " + topics.output())::equals))
                    .isNotEmpty()
                    .allMatch(span -> ids.contains(OtlpReceiver.hex(span.getParentSpanId())))
                    .allMatch(span -> span.getKind() == Span.SpanKind.SPAN_KIND_PRODUCER);
            assertThat(receiver.services()).containsExactly("loginstream");
            assertThat(receiver.others()).isZero();
        }
    }

    private void isThatOfABatch(Span span) {
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        Map<String, String> texts = new TreeMap<>();
        span.getAttributesList()
                .forEach(attribute ->
                        texts.put(attribute.getKey(), attribute.getValue().getStringValue()));
        assertThat(texts)
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.type", "process")
                .containsEntry("messaging.destination.name", topics.input())
                .containsEntry("messaging.consumer.group.name", topics.group())
                .doesNotContainKey("error");
    }

    @Test
    void aSpanBelowThatOfTheBatchForEachLoginThatAStepSends(Cluster cluster) throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            // Given a step that asks a service, which fails for logins without a trace
            String step = "        - to:\n            uri: " + receiver.address() + "/city?httpMethod=GET\n"
                    + "            variableReceive: city\n        - to: direct:sub\n";
            Path file = routes.resolve("user-login.camel.yaml");
            String enricher = "        - process:\n            ref: loginEnricher\n";
            Files.writeString(
                    file,
                    Files.readString(file).replace(enricher, step + enricher)
                            + "\n- route:\n    from:\n      uri: direct:sub\n      steps:\n"
                            + "        - log: {message: x, loggingLevel: DEBUG}\n");
            cluster.send(logins(0, 40));

            // When
            run(cluster, receiver.address(), "loginstream.routes", "yaml", "loginstream.retry.attempts", "0");

            // Then
            List<Span> batches = receiver.spans(("process " + topics.input())::equals);
            assertThat(batches).allSatisfy(this::isThatOfABatch);
            Set<String> ids = ids(batches);
            List<Span> steps = receiver.spans(name -> name.startsWith("http"));
            assertThat(steps)
                    .hasSize(38) // two break rules before
                    .allMatch(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                    .allMatch(span -> ids.contains(OtlpReceiver.hex(span.getParentSpanId())))
                    .allMatch(span -> !span.getName().contains("?"));
            List<Span> failed = steps.stream()
                    .filter(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                    .toList();
            assertThat(receiver.asked()).hasSize(38);
            assertThat(failed).hasSize((int)
                    receiver.asked().stream().filter("null"::equals).count());
            assertThat(receiver.spans().stream().map(Span::getName))
                    .allMatch(
                            name -> name.startsWith("http") || name.startsWith("process ") || name.startsWith("send "));
            assertThat(cluster.readCommitted(topics.deadLetter())).hasSize(2 + failed.size());
            assertHeadersAsTheyCame(cluster);
        }
    }

    @Test
    void notOfRehearsals(Cluster cluster) throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            cluster.send(logins(0, 1_000));
            try (PipelineProcess process =
                    PipelineProcess.start(settings(cluster, receiver.address(), "loginstream.routes", "yaml"), "run")) {
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

                // When
                Path file = routes.resolve("user-login.camel.yaml");
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replace("# - setHeader", "- setHeader")
                                .replace("#     name: region", "    name: region")
                                .replace("#     simple: ${body[locale]}", "    simple: ${body[locale]}"));
                await().atMost(30, SECONDS).until(() -> process.output().contains("reloaded"));
                cluster.send(logins(1_000, 1_100));
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                assertThat(loadedClasses(process)).contains("--io.opentelemetry", "loginstream.tracing");
                process.signal("TERM");
                process.exitCode(30);
            }

            // Then
            assertThat(receiver.spans(("process " + topics.input())::equals).stream()
                            .mapToLong(span -> OtlpReceiver.attribute(span, "messaging.batch.message_count")
                                    .getIntValue())
                            .sum())
                    .isEqualTo(1_100);
            NumberedLogins.assertExactlyOnce(cluster, topics, 1_100);
            assertHeadersAsTheyCame(cluster);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCollectorThatIsAwayHoldsUpNothing(boolean silent, Cluster cluster) throws Exception {
        // Given an address where nobody listens, or nobody answers
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try {
            if (!silent) {
                socket.close();
            }
            cluster.send(logins(0, COUNT));

            // When
            String address = "http://127.0.0.1:" + socket.getLocalPort();
            String printed;
            long stopping;
            try (PipelineProcess process = PipelineProcess.start(settings(cluster, address), "run")) {
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                cluster.send(logins(COUNT, COUNT + 100));
                await().atMost(10, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                stopping = System.nanoTime();
                process.signal("TERM");
                assertThat(process.exitCode(15)).isEqualTo(143);
                printed = process.output();
            }

            // Then
            assertThat(System.nanoTime() - stopping).isLessThan(SECONDS.toNanos(12));
            NumberedLogins.assertExactlyOnce(cluster, topics, COUNT + 100);
            assertThat(printed.lines().filter(line -> line.contains("OpenTelemetry")))
                    .hasSizeLessThanOrEqualTo(2)
                    .allMatch(line -> line.contains("WARN traces - "));
            assertThat(printed).doesNotContain("\tat ");
        } finally {
            socket.close();
        }
    }

    @Test
    void nothingOfItIsLoadedWhereItIsOff(Cluster cluster) throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            cluster.send(logins(0, 1_000));
            Properties settings = settings(cluster, receiver.address());
            settings.remove("loginstream.traces.enabled");
            try (PipelineProcess process = PipelineProcess.start(settings, "run")) {
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

                // When
                String loaded = loadedClasses(process);

                // Then
                assertThat(loaded)
                        .contains("loginstream.login.LoginBatch")
                        .doesNotContain("--io.opentelemetry", "org.apache.camel.telemetry", "loginstream.tracing");
                assertThat(receiver.spans()).isEmpty();
                assertThat(receiver.others()).isZero();
            }
            NumberedLogins.assertExactlyOnce(cluster, topics, 1_000);
        }
    }

    private static String loadedClasses(PipelineProcess process) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.process().pid()),
                        "VM.class_hierarchy")
                .redirectErrorStream(true)
                .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).isZero();
        return printed;
    }

    @Test
    void whatCannotBeUsedIsToldInOneLine(Cluster cluster) throws Exception {
        try (PipelineProcess process = PipelineProcess.start(settings(cluster, "not an address"), "run")) {
            assertThat(process.exitCode(30)).isEqualTo(2);
            assertThat(process.output().lines()).singleElement().asString().contains("OTEL_", "not an address");
        }
    }

    private void run(Cluster cluster, String collector, String... more) throws Exception {
        try (PipelineProcess process = PipelineProcess.start(settings(cluster, collector, more), "run")) {
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            process.signal("TERM");
            assertThat(process.exitCode(30)).isEqualTo(143);
        }
    }

    private Properties settings(Cluster cluster, String collector, String... more) {
        Properties settings = topics.properties(cluster, more);
        settings.setProperty("loginstream.traces.enabled", "true");
        settings.setProperty("loginstream.routes.directory", routes.toString());
        settings.setProperty("otel.exporter.otlp.endpoint", collector);
        return settings;
    }

    /** Numbered ones: some with a context of their own, some with what is none, some without. */
    private List<ProducerRecord<byte[], byte[]>> logins(int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        int n = from;
        for (ProducerRecord<byte[], byte[]> record : NumberedLogins.records(topics, from, to)) {
            for (Map.Entry<String, String> header : headers(n).entrySet()) {
                record.headers().add(header.getKey(), Logins.bytes(header.getValue()));
            }
            records.add(record);
            n++;
        }
        return records;
    }

    private static Map<String, String> headers(int n) {
        Map<String, String> headers = new LinkedHashMap<>();
        switch (n % 5) {
            case 0, 2 -> {
                headers.put("traceparent", "00-%032x-%016x-01".formatted(n + 1, n + 1));
                headers.put("tracestate", "vendor=" + n);
            }
            case 1 -> headers.put("traceparent", "00-%032x-garbage-01".formatted(n + 1));
            default -> {}
        }
        return headers;
    }

    private static List<String> expectedLinks() {
        List<String> links = new ArrayList<>();
        for (int n = 0; n < COUNT; n++) {
            if (headers(n).containsKey("tracestate")) {
                links.add("%032x %016x vendor=%d".formatted(n + 1, n + 1, n));
            }
        }
        return links;
    }

    private void assertHeadersAsTheyCame(Cluster cluster) {
        Stream<ConsumerRecord<byte[], byte[]>> sent = Stream.concat(
                cluster.readCommitted(topics.output()).stream(), cluster.readCommitted(topics.deadLetter()).stream());
        assertThat(sent).allSatisfy(record -> {
            Matcher number = NUMBER.matcher(Logins.text(record.value()));
            assertThat(number.find()).isTrue();
            List<String> found = new ArrayList<>();
            for (Header header : record.headers()) {
                if (header.key().startsWith("trace")) {
                    found.add(header.key() + "=" + Logins.text(header.value()));
                }
            }
            assertThat(found)
                    .isEqualTo(headers(Integer.parseInt(number.group(1))).entrySet().stream()
                            .map(Object::toString)
                            .toList());
        });
    }

    private static Set<String> ids(List<Span> spans) {
        return spans.stream()
                .map(span -> OtlpReceiver.hex(span.getSpanId()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
