package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Logins with a serial number each, of several locales, devices and keys. Some are invalid, and some say that a step is to
 * throw at them.
 *
 * @param count how many; their numbers begin at 0
 * @param troubleEvery one of so many is to be thrown at
 */
record MixedLogins(int count, int troubleEvery) {
    private static final List<String> LOCALES = List.of("RU", "DE", "FR", "US", "XX");
    private static final int KEYS = 97;
    private static final Pattern NUMBER = Pattern.compile("\"n\":([0-9]+)");

    String locale(int n) {
        return LOCALES.get(n % LOCALES.size());
    }

    boolean isUnwanted(int n) {
        return locale(n).equals("XX");
    }

    boolean isApple(int n) {
        return n % 3 == 0;
    }

    boolean isInvalid(int n) {
        return n % 20 == 7;
    }

    boolean isTrouble(int n) {
        return n % troubleEvery == 3;
    }

    /** Valid, and of a locale that is wanted. */
    boolean isGood(int n) {
        return !isInvalid(n) && !isUnwanted(n);
    }

    String value(int n) {
        String login = Logins.withTail(
                        new UUID(13, n), ",\"trouble\":\"" + (isTrouble(n) ? "yes" : "no") + "\",\"n\":" + n)
                .replace("\"RU\"", '"' + locale(n) + '"')
                .replace("\"android\"", isApple(n) ? "\"iOS\"" : "\"android\"");
        return isInvalid(n) ? login.replaceFirst("\"device_type\":\"[a-zA-Z]+\",", "") : login;
    }

    private static String key(int n) {
        return "k" + n % KEYS;
    }

    List<ProducerRecord<byte[], byte[]>> records(TestTopics topics) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            records.add(new ProducerRecord<>(topics.input(), Logins.bytes(key(n)), Logins.bytes(value(n))));
        }
        return records;
    }

    static int number(ConsumerRecord<byte[], byte[]> record) {
        Matcher matcher = NUMBER.matcher(Logins.text(record.value()));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** The topic holds these logins and no others, each once, and those of each key in their order. */
    List<ConsumerRecord<byte[], byte[]>> assertExactly(Cluster cluster, String topic, IntPredicate expected) {
        Map<String, List<Integer>> due = new TreeMap<>();
        for (int n = 0; n < count; n++) {
            if (expected.test(n)) {
                due.computeIfAbsent(key(n), any -> new ArrayList<>()).add(n);
            }
        }
        assertThat(due).as("what is expected on " + topic).isNotEmpty();
        List<ConsumerRecord<byte[], byte[]>> records = cluster.readCommitted(topic);
        Map<String, List<Integer>> found = new TreeMap<>();
        records.forEach(record -> found.computeIfAbsent(Logins.text(record.key()), any -> new ArrayList<>())
                .add(number(record)));
        assertThat(found.keySet()).as("keys on " + topic).isEqualTo(due.keySet());
        due.forEach((key, numbers) ->
                assertThat(found.get(key)).as(topic + ", key " + key).isEqualTo(numbers));
        return records;
    }
}
