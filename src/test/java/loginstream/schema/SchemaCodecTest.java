package loginstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SchemaCodecTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN =
            "{\"user_id\":\"424cdd21-063a-43a7-b91b-7ca1a833afae\",\"app_version\":\"2.3.0\","
                    + "\"device_type\":\"android\",\"ip\":\"199.172.111.135\",\"locale\":\"RU\",\"device_id\":\"593-47-5928\","
                    + "\"timestamp\":1694479551,\"event_time\":\"2023-09-12T00:45:51Z\","
                    + "\"processed_time\":\"2026-11-24T10:00:00.123Z\"";

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = Mode.EXCLUDE, names = "JSON")
    void whatIsWrittenIsReadAgain(Format format) throws Exception {
        // Given
        String login = LOGIN
                + ",\"geo\":{\"city\":\"Köln \\\"1\\\"\",\"at\":[1.50,2e3]},\"none\":null,\"big\":12345678901234567890}";

        // When
        JsonNode read = readAgain(format, login);

        // Then
        assertThat(read).isEqualTo(JSON.readTree(login));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"AVRO", "PROTOBUF"})
    void membersWithoutAFieldStayAsTheyWereWritten(Format format) throws Exception {
        // When
        byte[] read = codec(format).toJson(written(format, LOGIN + ", \"amount\" : 1.50e+1, \"a\":[ 1,2 ]}"), 0);

        // Then
        assertThat(new String(read, StandardCharsets.UTF_8)).contains("\"amount\":1.50e+1", "\"a\":[ 1,2 ]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"AVRO", "PROTOBUF"})
    void aTimeInQuotesBecomesANumber(Format format) throws Exception {
        // When
        JsonNode read = readAgain(format, LOGIN.replace(":1694479551", ":\"1694479551\"") + "}");

        // Then
        assertThat(read).isEqualTo(JSON.readTree(LOGIN + "}"));
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = Mode.EXCLUDE, names = "JSON")
    void whatIsAbsentStaysAbsent(Format format) throws Exception {
        // Given
        String login = "{\"processed_time\":\"2026-11-24T10:00:00.123Z\"}";

        // When
        JsonNode read = readAgain(format, login);

        // Then
        assertThat(read).isEqualTo(JSON.readTree(login));
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = Mode.EXCLUDE, names = "JSON")
    void theFieldThatDoesNotFitIsNamed(Format format) {
        // When
        Throwable refusal =
                catchThrowable(() -> written(format, LOGIN.replace("\"RU\"", "{\"language\":\"ru\"}") + "}"));

        // Then
        assertThat(refusal)
                .isInstanceOf(SchemaMismatchException.class)
                .message()
                .startsWith("locale: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"AVRO", "JSON_SCHEMA"})
    void theFieldThatIsMissingIsNamed(Format format) {
        // When
        Throwable refusal = catchThrowable(() -> written(format, "{\"locale\":\"RU\"}"));

        // Then
        assertThat(refusal)
                .isInstanceOf(SchemaMismatchException.class)
                .message()
                .startsWith("processed_time: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"AVRO", "PROTOBUF"})
    void anExtensionThatIsNoJsonSaysNothingAboutFields(Format format) throws Exception {
        // Given
        byte[] record = written(format, LOGIN + ",\"x\":\"1,'ip':'10.0.0.1'\"}");
        String forged = new String(record, StandardCharsets.ISO_8859_1)
                .replace("\"1,'ip':'10.0.0.1'\"", "1,\"ip\":\"10.0.0.1\"  ");

        // When
        Throwable refusal = catchThrowable(() -> codec(format).toJson(forged.getBytes(StandardCharsets.ISO_8859_1), 0));

        // Then
        assertThat(refusal).isNotNull();
    }

    @Test
    void writersOfAvroMayHaveOtherFields() throws Exception {
        // Given
        String schema = """
                {"type":"record","name":"Login","fields":[
                  {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
                  {"name":"device","type":{"type":"record","name":"Device","fields":[
                    {"name":"os","type":{"type":"enum","name":"Os","symbols":["android","iOS"]}},
                    {"name":"tags","type":{"type":"array","items":"string"}},
                    {"name":"weights","type":{"type":"map","values":["null","double"]}},
                    {"name":"old","type":"boolean"},{"name":"key","type":"bytes"}]}}]}
                """;
        byte[] record = {2, 0, 2, 2, 'a', 0, 2, 2, 'w', 0, 0, 1, 4, 1, 2};

        // When
        byte[] json = new AvroCodec(schema).toJson(record, 0);

        // Then
        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                {"timestamp":1,"device":{"os":"android","tags":["a"],"weights":{"w":null},"old":true,"key":"AQI="}}"""));
    }

    @Test
    void writersOfProtobufMayHaveOtherFieldsAndMessages() throws Exception {
        // Given
        String schema = """
                syntax = "proto3";
                import "google/protobuf/timestamp.proto";
                enum Os { UNKNOWN = 0; ANDROID = 1; }
                message Other { string name = 1; }
                message Login {
                  Os os = 3; repeated int32 counts = 4; oneof which { string a = 5; string b = 6; }
                  google.protobuf.Timestamp at = 7; map<string, Other> others = 8; bytes key = 9; double weight = 10;
                }
                """;
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {2, 2}); // one number: the second message
        record.writeBytes(new byte[] {0x18, 1, 0x22, 2, 5, 6, 0x32, 1, 'b', 0x3a, 2, 0x08, 9});
        record.writeBytes(new byte[] {0x42, 8, 0x0a, 1, 'k', 0x12, 3, 0x0a, 1, 'n', 0x4a, 1, 7});

        // When
        byte[] json = new ProtobufCodec(schema).toJson(record.toByteArray(), 0);

        // Then
        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                {"os":"ANDROID","counts":[5,6],"b":"b","at":{"seconds":9},"others":{"k":{"name":"n"}},"key":"Bw=="}"""));
    }

    @Test
    void aNumberOfItemsThatIsALieMakesNoRoom() {
        // Given
        String schema =
                "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":\"string\"}}]}";
        byte[] twoThousandMillions = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

        // Then
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> new AvroCodec(schema).toJson(twoThousandMillions, 0));
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean avro) throws Exception {
        SchemaCodec codec = codec(avro ? Format.AVRO : Format.PROTOBUF);
        try {
            JSON.readTree(codec.toJson(bytes, 0));
        } catch (java.io.IOException | RuntimeException e) {
            assertThat(e).isNotInstanceOf(NullPointerException.class);
        }
    }

    private static JsonNode readAgain(Format format, String login) throws Exception {
        byte[] value = written(format, login);
        byte[] record = new byte[value.length + 5];
        System.arraycopy(value, 0, record, 5, value.length);
        return JSON.readTree(codec(format).toJson(record, 5));
    }

    private static byte[] written(Format format, String login) throws Exception {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        codec(format).write(login.getBytes(StandardCharsets.UTF_8), value);
        return value.toByteArray();
    }

    private static SchemaCodec codec(Format format) throws Exception {
        try (InputStream schema =
                SchemaCodecTest.class.getResourceAsStream("/schema/processed-data" + format.extension())) {
            return format.codec(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
