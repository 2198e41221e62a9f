package loginstream.steps;

import static loginstream.fixture.LoginRecords.utf8;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import loginstream.fixture.LoginRecords;
import loginstream.login.LoginField;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The logins of the batch that every step is tested with, in their order. */
enum Sample {
    RUSSIAN("a", LoginRecords.good()),
    GERMAN("b", LoginRecords.with(LoginField.LOCALE, "\"DE\"")),
    /** Lacks a member. */
    INVALID("a", LoginRecords.without(LoginField.DEVICE_TYPE)),
    UNPARSEABLE("c", "[]"),
    /** What the setting {@code loginstream.filter} leaves out. */
    UNWANTED("d", LoginRecords.with(LoginField.LOCALE, "\"XX\"")),
    /** At which failing steps fail. */
    IPHONE("a", LoginRecords.with(LoginField.DEVICE_TYPE, "\"iOS\"")),
    /** With members nobody knows, which have to stay as they are written. */
    ODD(
            "b",
            LoginRecords.json(Map.of("odd", Optional.of("[1.00,1e999,{\"a\":-0}]")))
                    .replace(",\"locale\"", " , \"locale\"")),
    TOMBSTONE("a", null);

    /** What the setting is that leaves one out. */
    static final Map<String, String> SETTINGS = Map.of("loginstream.filter", "${body[locale]} != 'XX'");

    private static final String TIMES =
            ",\"event_time\":\"2023-09-12T00:45:51Z\",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}";

    private final String key;
    private final String value;

    Sample(String key, String value) {
        this.key = key;
        this.value = value;
    }

    String key() {
        return key;
    }

    /** As it is consumed. */
    String value() {
        return value;
    }

    /** As it leaves the enricher. */
    String enriched() {
        return enriched(value);
    }

    /** What the enricher makes of such JSON. */
    static String enriched(String json) {
        return json.substring(0, json.length() - 1) + TIMES;
    }

    String locale() {
        return this == GERMAN ? "DE" : "RU";
    }

    /** The one to come out of the steps, those not failing, unchanged. */
    boolean isGood() {
        return good().anyMatch(this::equals);
    }

    /** Those that get as far as the steps under test. */
    static Stream<Sample> good() {
        return Stream.of(RUSSIAN, GERMAN, IPHONE, ODD);
    }

    /** With a header of its own, and one that is there twice. */
    ConsumerRecord<byte[], byte[]> record() {
        ConsumerRecord<byte[], byte[]> record = LoginRecords.record(ordinal(), key, value);
        record.headers()
                .add("trace", utf8(name()))
                .add("tag", utf8("one"))
                .add("tag", utf8("two"))
                .add("kafka.hidden", utf8("from messages"));
        return record;
    }
}
