package loginstream.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.config.reading.Secret;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.OtherReader;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SchemaRegistryProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Topics with schemas, with a real registry; what is read of the output is read by programs of others. Long, because all of
 * it shares one registry, which takes seconds to start.
 */
@ExtendWith(SharedBroker.class)
class SchemasIT {
    private static final String SERDES = "io.apicurio.registry.serde.";
    private static final String OTHER_PRODUCER = """
            {"type":"record","name":"Seen","fields":[
              {"name":"device_id","type":"string"},{"name":"locale","type":"string"},{"name":"ip","type":"string"},
              {"name":"user_id","type":"string"},{"name":"app_version","type":"string"},
              {"name":"device_type","type":{"type":"enum","name":"Os","symbols":["android","iOS"]}},
              {"name":"timestamp","type":"long"},{"name":"country","type":["null","string"],"default":null}]}""";

    private static SchemaRegistryProcess registry;

    @BeforeAll
    static void startRegistry() {
        registry = SchemaRegistryProcess.start();
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "avro, avro.AvroKafkaDeserializer, '\"n\": \"8\"'",
        "json-schema, jsonschema.JsonSchemaKafkaDeserializer, 'n=8,'"
    })
    void whatComesOutIsReadByOthers(String format, String deserializer, String eighth, Cluster cluster)
            throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.send(NumberedLogins.records(topics, 0, 100));

        // When
        run(cluster, topics, "loginstream.output.format", format);
        List<String> read = OtherReader.read(cluster, topics.output(), 95, SERDES + deserializer, registry);

        // Then
        assertRead(read, eighth);
        assertThat(cluster.readCommitted(topics.deadLetter())).hasSize(5);
        assertThat(registry.subjects()).contains(topics.output() + "-value");
    }

    @Test
    void protobufIsReadByItsOwnProgram(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.send(NumberedLogins.records(topics, 0, 100));

        // When
        run(cluster, topics, "loginstream.output.format", "protobuf");
        List<String> read = OtherReader.readProtobuf(
                cluster.readCommitted(topics.output()).stream()
                        .map(ConsumerRecord::value)
                        .toList(),
                "loginstream.ProcessedLogin",
                registry);

        // Then
        assertRead(read, "extensions { key: \"n\" value: \"8\" }");
    }

    private static void assertRead(List<String> read, String eighth) {
        assertThat(read)
                .hasSize(95)
                .allMatch(line -> line.contains("199.172.111.135") && line.contains("processed_time"));
        assertThat(read).filteredOn(line -> line.contains(eighth)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"avro", "json-schema", "protobuf"})
    void whatGoesInMayHaveASchema(String format, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        TopicSerializer producer = TopicFormats.toInput(
                settings(cluster, topics, "loginstream.input.format", format).schema(),
                settings(cluster, topics).topics());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> login : NumberedLogins.records(topics, 0, 100)) {
            records.add(new ProducerRecord<>(topics.input(), login.key(), producer.serialize(login.value())));
        }
        cluster.send(records);

        // When
        run(cluster, topics, "loginstream.input.format", format);

        // Then
        NumberedLogins.assertExactlyOnce(cluster, topics, 100, value -> value[0] == 0 ? json(value) : value);
        assertThat(cluster.readCommitted(topics.output()))
                .allMatch(record -> Logins.text(record.value()).startsWith("{\"user_id\":\"00000000-0000-0007-"));
        assertThat(cluster.readCommitted(topics.deadLetter()))
                .extracting(record -> header(record, DeadLetterHeaders.REASON))
                .containsOnly("device_type: missing");
    }

    /** For dead letters: bytes as they came. */
    private static byte[] json(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf('n');
        String number = text.substring(at + 1).replaceAll("[^0-9]", "");
        return Logins.bytes("\"n\":" + number);
    }

    @Test
    void aProducersOwnSchemaWillDo(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        int id = registry.register(topics.input() + "-value", "AVRO", OTHER_PRODUCER);
        cluster.sendValues(
                topics.input(),
                List.of(seen(id, "DE"), seen(id, null), new byte[] {0, 0, 1, 2, 3, 4}, new byte[] {'{', '}'}));

        // When
        run(cluster, topics, "loginstream.input.format", "avro");

        // Then
        List<String> out = cluster.readCommitted(topics.output()).stream()
                .map(record -> Logins.text(record.value()))
                .toList();
        assertThat(out).hasSize(2);
        assertThat(out.get(0))
                .startsWith("{\"device_id\":\"593-47-5928\",\"locale\":\"DE\"")
                .contains("\"country\":\"DE\"");
        assertThat(out.get(1)).doesNotContain("country");
        assertThat(cluster.readCommitted(topics.deadLetter()))
                .extracting(
                        record -> header(record, DeadLetterHeaders.FAILURE),
                        record -> header(record, DeadLetterHeaders.REASON))
                .containsExactly(
                        tuple("unparseable", "the registry knows no schema " + 0x010203),
                        tuple("unparseable", "it does not begin with a schema's id (a zero and four bytes)"));
    }

    @Test
    void whatDoesNotFitIsADeadLetterThatNamesTheField(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Files.writeString(
                routes.resolve("user-login.camel.yaml"),
                Files.readString(Path.of("routes/user-login.camel.yaml"))
                        .replaceFirst("( +)- process:\\R +ref: loginEnricher", """
                                $1- filter:
                                $1    simple: \\${body[n]} == 3
                                $1    steps:
                                $1      - script:
                                $1          simple: \\${body.put('locale', \\${headers})}
                                $0"""));
        cluster.send(NumberedLogins.records(topics, 0, 6));

        // When
        run(
                cluster,
                topics,
                "loginstream.output.format",
                "avro",
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString());

        // Then
        assertThat(cluster.readCommitted(topics.output())).hasSize(5);
        assertThat(cluster.readCommitted(topics.deadLetter()))
                .extracting(
                        record -> header(record, DeadLetterHeaders.FAILURE),
                        record -> header(record, DeadLetterHeaders.REASON))
                .containsExactly(tuple("processing", "SchemaMismatchException: locale: not a string"));
    }

    @Test
    void anEditThatNoLongerFitsTheSchemaIsRefused(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Path file = routes.resolve("user-login.camel.yaml");
        String good = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(file, good);
        int id = registry.register(topics.input() + "-value", "AVRO", OTHER_PRODUCER);
        Settings settings = settings(
                cluster,
                topics,
                "loginstream.input.format",
                "avro",
                "loginstream.output.format",
                "avro",
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString());
        try (Application application = new Application(settings)) {
            application.start();
            cluster.sendValues(topics.input(), List.of(seen(id, "DE"), seen(id, "FR")));
            await().atMost(20, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

            // When
            String step = "( +)- process:\\R +ref: loginEnricher";
            Files.writeString(file, good.replaceFirst(step, """
                    $1- script:
                    $1    simple: \\${body.put('country', 'XX')}
                    $0"""));
            await().atMost(10, SECONDS).until(() -> reloads(settings, "applied") == 1);
            Files.writeString(file, good.replaceFirst(step, """
                    $1- script:
                    $1    simple: \\${body.put('locale', \\${headers})}
                    $0"""));
            await().atMost(10, SECONDS).until(() -> reloads(settings, "rejected") == 1);

            // Then
            cluster.sendValues(topics.input(), List.of(seen(id, "IT")));
            await().atMost(20, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        Schema schema = new Schema.Parser().parse(schema("processed-data.avsc"));
        assertThat(cluster.readCommitted(topics.output()))
                .extracting(record -> extension(schema, record.value(), "country"))
                .containsExactly("\"DE\"", "\"FR\"", "\"XX\"");
        assertThat(cluster.readCommitted(topics.deadLetter())).isEmpty();
    }

    private static int reloads(Settings settings, String result) {
        return new Health(settings)
                .metrics()
                .lines()
                .filter(line -> line.startsWith("loginstream_route_reloads_total") && line.contains(result))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void whatTheRegistryDoesNotKnowIsAskedAgainAfterAWhile() throws Exception {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        SchemaSettings settings = new SchemaSettings(
                Format.AVRO, Format.JSON, List.of(URI.create(registry.url())), "", new Secret(""), true);
        TopicDeserializer input =
                new TopicDeserializer(Format.AVRO, new RegistryClient(settings), clock.withZone(ZoneOffset.UTC));
        int next = registry.register("before", "AVRO", OTHER_PRODUCER.replace("Seen", "Before")) + 1;
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, null, seen(next, "DE"));

        // When
        input.note(List.of(record));
        input.learn();
        registry.register("later", "AVRO", OTHER_PRODUCER.replace("Seen", "Later"));
        input.note(List.of(record));
        boolean atOnce = input.isLearning();
        now.set(Instant.EPOCH.plusSeconds(61));
        input.note(List.of(record));
        input.learn();

        // Then
        assertThat(atOnce).isFalse();
        assertThat(Logins.text(input.toJson(record.value()))).contains("\"country\":\"DE\"");
    }

    @Test
    void checkSaysWhetherTheSchemaCanBeUsed(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        String[] arguments = {"loginstream.output.format", "avro", "loginstream.schema.registry.url", registry.url()};

        // When
        String fresh = check(topics.properties(cluster, arguments));
        registry.register(
                topics.output() + "-value",
                "AVRO",
                schema("processed-data.avsc")
                        .replace(
                                "\"locale\", \"type\": [\"null\", \"string\"]",
                                "\"locale\", \"type\": [\"null\", \"int\"]"));
        registry.requireCompatible(topics.output() + "-value");
        String other = check(topics.properties(cluster, arguments));

        // Then
        assertThat(fresh).contains("ok      schemas");
        assertThat(registry.subjects()).contains(topics.output() + "-value");
        assertThat(other).contains("schemas", "not compatible with the latest of " + topics.output() + "-value");
    }

    private static String check(Properties properties) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, "check")) {
            process.exitCode(60);
            return process.output();
        }
    }

    @Test
    void aRegistryThatIsNotToBeGivenTheSchemaHasToHaveIt(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(NumberedLogins.records(topics, 0, 5));
        Settings settings =
                settings(cluster, topics, "loginstream.output.format", "avro", "loginstream.schema.register", "false");

        // When
        try (Application application = new Application(settings)) {
            application.start();

            // Then
            await().atMost(20, SECONDS).untilAsserted(() -> assertThat(new Health(settings).isReady())
                    .isFalse());
            assertThat(registry.subjects()).doesNotContain(topics.output() + "-value");
            registry.register(topics.output() + "-value", "AVRO", schema("processed-data.avsc"));
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        assertThat(cluster.readCommitted(topics.output())).hasSize(5);
    }

    @Test
    void aRegistryThatIsAwayIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (SchemaRegistryProcess own = SchemaRegistryProcess.start()) {
            int first = own.register("first", "AVRO", OTHER_PRODUCER);
            int second = own.register("second", "AVRO", OTHER_PRODUCER.replace("Seen", "SeenAgain"));
            own.stop();
            Settings settings = topics.settings(
                    cluster,
                    "loginstream.input.format",
                    "avro",
                    "loginstream.output.format",
                    "avro",
                    "loginstream.schema.registry.url",
                    own.url());
            cluster.sendValues(topics.input(), List.of(seen(first, "DE")));
            try (Application application = new Application(settings)) {
                application.start();
                Health health = new Health(settings);

                // When it is away at the start
                await().atMost(20, SECONDS)
                        .untilAsserted(() -> assertThat(health.readiness()).contains("DOWN"));
                await().during(2, SECONDS).atMost(4, SECONDS).until(() -> cluster.readCommitted(topics.output())
                        .isEmpty());
                own.startAgain();
                await().atMost(30, SECONDS)
                        .until(() -> cluster.readCommitted(topics.output()).size() == 1 && health.isReady());

                // Then what is known goes on without it
                own.stop();
                cluster.sendValues(topics.input(), List.of(seen(first, "FR")));
                await().atMost(10, SECONDS)
                        .until(() -> cluster.readCommitted(topics.output()).size() == 2);
                assertThat(health.isReady()).isTrue();

                // And what is not waits
                cluster.sendValues(topics.input(), List.of(seen(second, "IT"), seen(first, "PT")));
                await().atMost(20, SECONDS)
                        .untilAsserted(() -> assertThat(health.readiness()).contains("schema registry"));
                assertThat(health.isLive()).isTrue();
                own.startAgain();
                await().atMost(30, SECONDS)
                        .until(() -> cluster.readCommitted(topics.output()).size() == 4 && health.isReady());
            }
        }
        assertThat(cluster.readCommitted(topics.deadLetter())).isEmpty();
    }

    @Test
    void avroComesOutExactlyOnceWhateverIsKilled(Cluster cluster) throws Exception {
        // Given
        int count = 20_000;
        TestTopics topics = cluster.freshTopics(2);
        String[] arguments = {"loginstream.output.format", "avro", "loginstream.schema.registry.url", registry.url()};
        Feeder feeder = new Feeder(cluster, topics, count, 2_000);
        PipelineProcess process = PipelineProcess.start(topics.properties(cluster, arguments), "run");
        try {
            for (int kill = 0; kill < 3; kill++) {
                int enough = (kill + 1) * count / 5;
                await().atMost(60, SECONDS)
                        .until(() -> cluster.readCommitted(topics.output()).size() > enough);
                LockSupport.parkNanos(kill * 37_000_000L); // any moment of a batch

                // When
                process.close();
                process = PipelineProcess.start(topics.properties(cluster, arguments), "run");
            }
            feeder.join();
            await().atMost(60, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        } finally {
            process.close();
        }

        // Then
        Schema schema = new Schema.Parser().parse(schema("processed-data.avsc"));
        NumberedLogins.assertExactlyOnce(
                cluster, topics, count, value -> value[0] == 0 ? number(schema, value) : value);
    }

    private static byte[] number(Schema schema, byte[] value) {
        return Logins.bytes("\"n\":" + extension(schema, value, "n"));
    }

    /** As Avro reads it. */
    private static String extension(Schema schema, byte[] value, String name) {
        try {
            GenericData.Record record = new GenericDatumReader<GenericData.Record>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
            return ((Map<?, ?>) record.get("extensions")).get(new Utf8(name)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] seen(int id, String country) throws IOException {
        Schema schema = new Schema.Parser().parse(OTHER_PRODUCER);
        GenericData.Record record = new GenericData.Record(schema);
        record.put("device_id", "593-47-5928");
        record.put("locale", "DE");
        record.put("ip", "199.172.111.135");
        record.put("user_id", UUID.randomUUID().toString());
        record.put("app_version", "2.3.0");
        record.put(
                "device_type",
                new GenericData.EnumSymbol(schema.getField("device_type").schema(), "android"));
        record.put("timestamp", 1694479551L);
        record.put("country", country);
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(0);
        value.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(value, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        return value.toByteArray();
    }

    private static String schema(String file) throws IOException {
        return Files.readString(Path.of("src/main/resources/schema", file));
    }

    private static Settings settings(Cluster cluster, TestTopics topics, String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.addAll(List.of("loginstream.schema.registry.url", registry.url()));
        return topics.settings(cluster, all.toArray(String[]::new));
    }

    private static void run(Cluster cluster, TestTopics topics, String... overrides) throws Exception {
        try (Application application = new Application(settings(cluster, topics, overrides))) {
            application.start();
            await().atMost(40, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Logins.text(record.headers().lastHeader(name).value());
    }
}
