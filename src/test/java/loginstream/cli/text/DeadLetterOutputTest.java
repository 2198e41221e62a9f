package loginstream.cli.text;

import static loginstream.fixture.LoginRecords.utf8;
import static loginstream.fixture.StoredDeadLetters.invalid;
import static loginstream.fixture.StoredDeadLetters.of;
import static loginstream.fixture.StoredDeadLetters.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.fixture.StoredDeadLetters;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and programs get to see of dead letters. */
class DeadLetterOutputTest {
    private static final String HOSTILE = "\u001b[2J\u0007\u009b31m\u202e\r\n";

    @Test
    void aTableFitsTheTerminal() {
        // When
        List<String> lines = new DeadLetterTable(115, "…")
                .lines(List.of(invalid("device_type: missing; ip: not an IP address"), of("processing", "", "", true)));

        // Then
        assertThat(lines)
                .containsExactly(
                        "POSITION             FAILED AT             FAILURE     REDRIVEN  TRIES  SOURCE             REASON",
                        "user-login.dlq-2@17  2026-11-22T10:30:00Z  invalid     -         1      user-login-2@1841  "
                                + "device_type: missing; i…",
                        "user-login.dlq-2@17  2026-11-22T10:30:00Z  processing  yes       1      -                  -");
    }

    @Test
    void aTableLeavesTheSourcesOutOfANarrowTerminal() {
        // When
        List<String> lines =
                new DeadLetterTable(92, "...").lines(List.of(invalid("device_type: missing; ip: missing")));

        // Then
        assertThat(lines.get(1))
                .isEqualTo(
                        "user-login.dlq-2@17  2026-11-22T10:30:00Z  invalid  -         1      device_type: missing...")
                .hasSizeLessThanOrEqualTo(92);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "80|user-login.dlq-2@17  2026-11-22T10:30:00Z  invalid  device_type: missing; ip: m…",
                "60|user-login.dlq-2@17  device_type: missing; ip: missing",
                "44|user-login.dlq-2@17  device_type: missing; …",
                "20|user-login.dlq-2@17  device_type: missin…"
            })
    void aTableKeepsPositionsAndReasonsHoweverNarrowTheTerminalIs(int width, String expected) {
        // When // Then
        assertThat(new DeadLetterTable(width, "…")
                        .lines(List.of(invalid("device_type: missing; ip: missing")))
                        .get(1))
                .isEqualTo(expected);
    }

    @Test
    void aTableShowsMarkupAsItIsWrittenAndKeepsWideCharactersWithinTheTerminal() {
        // Given
        String markup = "@|red,bold fire|@ %n";
        String wide = "機器類型不明".repeat(9);

        // When
        List<String> lines = new DeadLetterTable(110, "…").lines(List.of(invalid(markup), invalid(wide)));

        // Then
        assertThat(lines.get(1)).endsWith("  " + markup);
        assertThat(lines.get(2)).contains(" 機器類型不明機").endsWith("…");
        assertThat(lines.get(2).length()
                        + lines.get(2).chars().filter(c -> c > 0x2e80).count())
                .isLessThanOrEqualTo(110);
    }

    @Test
    void noControlCharacterReachesATerminal() {
        // Given
        Headers headers = new RecordHeaders();
        headers.add(DeadLetterHeaders.REASON, utf8(HOSTILE));
        headers.add(HOSTILE, utf8(HOSTILE));
        headers.add(DeadLetterHeaders.FAILURE, utf8(HOSTILE));
        headers.add(DeadLetterHeaders.SOURCE, utf8(HOSTILE));

        // When
        List<List<String>> outputs = List.of(
                new DeadLetterTable(80, "…").lines(List.of(with(headers, utf8(HOSTILE), false))),
                DeadLetterDetails.of(with(headers, utf8(HOSTILE), false)),
                DeadLetterDetails.of(with(headers, utf8("{\"a\":\"\u009b\u202e\"}"), false)),
                DeadLetterDetails.of(with(headers, new byte[] {27, '[', -1}, false)),
                new BarChart(80, true).lines(Map.of(HOSTILE, 3L)));

        // Then
        assertThat(outputs).allSatisfy(lines -> assertThat(lines).isNotEmpty().allMatch(line -> line.chars()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)));
    }

    @Test
    void aSheetShowsWhatCanBeRead() {
        // Given
        Headers headers = new RecordHeaders();
        headers.add(
                DeadLetterHeaders.ORIGINAL_PARTITION,
                ByteBuffer.allocate(4).putInt(3).array());
        headers.add(
                DeadLetterHeaders.ORIGINAL_TIMESTAMP,
                ByteBuffer.allocate(8).putLong(1_700_000_000_123L).array());
        headers.add("trace", new byte[] {-1, 0});
        headers.add("none", null);
        headers.add("empty", new byte[0]);
        headers.add("stack", utf8("first\n\tat second"));

        // When
        List<String> lines = DeadLetterDetails.of(with(headers, utf8("{\"n\":1.00}"), true));

        // Then
        assertThat(lines)
                .containsExactly(
                        "user-login.dlq-2@17  (redriven already)",
                        "",
                        "  kafka_dlt-original-partition  3",
                        "  kafka_dlt-original-timestamp  1700000000123  (2023-11-14T22:13:20.123Z)",
                        "  trace                         0xff00",
                        "  none                          (null)",
                        "  empty                         (empty)",
                        "  stack                         first",
                        "          at second",
                        "",
                        "key: key",
                        "value, 10 bytes of JSON:",
                        "{",
                        "  \"n\": 1.00",
                        "}");
    }

    @Test
    void bytesThatAreNoTextAreDumped() {
        // Given
        byte[] bytes = new byte[20];
        bytes[0] = 'A';
        bytes[17] = -1;

        // When // Then
        assertThat(HexDump.of(bytes, 18))
                .containsExactly(
                        "         +-------------------------------------------------+",
                        "         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |",
                        "+--------+-------------------------------------------------+----------------+",
                        "|00000000| 41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 |A...............|",
                        "|00000010| 00 ff                                           |..              |",
                        "+--------+-------------------------------------------------+----------------+",
                        "and 2 more bytes; --json has them all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "[ ]|[]",
                "7|7",
                "{\"a\":[1,{ }],\"b\" : \"x,{:\\\"}\"}" + "|{N  \"a\": [N    1,N    {}N  ],N  \"b\": \"x,{:\\\"}\"N}"
            })
    void jsonIsLaidOutButNotChanged(String json, String expected) {
        // When // Then
        assertThat(PrettyJson.of(json)).isEqualTo(expected.replace('N', '\n'));
    }

    @Test
    void barsAreAsLongAsTheirCounts() {
        // Given
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("missing", 100L);
        counts.put("blank", 50L);
        counts.put("rare", 1L);

        // When // Then
        assertThat(new BarChart(36, true).lines(counts))
                .containsExactly(
                        "  missing  100  ████████████████████", "  blank     50  ██████████", "  rare       1  ▎");
        assertThat(new BarChart(26, false).lines(counts))
                .containsExactly("  missing  100  ##########", "  blank     50  #####", "  rare       1  #");
    }

    @Test
    void programsGetBytesThatAreNoTextInBase64() {
        // Given
        Headers headers = new RecordHeaders();
        headers.add("trace", new byte[] {-1});
        headers.add("trace", utf8("t"));

        // When // Then
        assertThat(DeadLetterJson.whole(with(headers, new byte[] {-1, 0}, false)))
                .hasToString("{\"position\":\"user-login.dlq-2@17\",\"failed_at\":\"2026-11-22T10:30:00.500Z\","
                        + "\"failure\":\"unknown\",\"reason\":\"\",\"source\":\"\",\"attempts\":1,\"redrives\":0,"
                        + "\"redriven\":false,\"timestamp\":\"2023-11-14T22:13:20Z\",\"key\":\"key\",\"value_bytes\":2,"
                        + "\"headers\":[{\"name\":\"trace\",\"value_base64\":\"/w==\"},{\"name\":\"trace\",\"value\":\"t\"}],"
                        + "\"value_base64\":\"/wA=\"}");
    }

    @ParameterizedTest
    @CsvSource({"invalid, ip: not an IP address, ip: not an IP address", "processing, Boom: 1.2.3.4 is bad, Boom"})
    void personalDataIsLeftOutForThoseWhoMayNotSeeIt(String failure, String reason, String shown) {
        // When
        ObjectNode json =
                DeadLetterJson.discreet(StoredDeadLetters.of(failure, reason, "user-login-2@1841", false), "not shown");

        // Then
        assertThat(json.get("reason").asText()).isEqualTo(shown);
        assertThat(json.get("value").asText()).isEqualTo("not shown");
        assertThat(json.get("key").isNull()).isTrue();
        assertThat(json.get("headers")).isEmpty();
        assertThat(json.get("source").asText()).isEqualTo("user-login-2@1841");
    }
}
