package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Numbered logins of several locales, some of which are invalid and some of which a step is to throw at. */
final class StepLogins {
    private static final List<String> LOCALES = List.of("RU", "DE", "FR", "US", "XX");
    private static final int KEYS = 89;
    private static final Pattern NUMBER = Pattern.compile("\"n\":([0-9]+)");

    private StepLogins() {}

    static String locale(int n) {
        return LOCALES.get(n % LOCALES.size());
    }

    static boolean isInvalid(int n) {
        return n % 20 == 7;
    }

    /**
     * The logins with numbers from 0.
     *
     * @param failingEvery one of so many holds {@code "fail":"yes"}
     */
    static List<ProducerRecord<byte[], byte[]>> records(TestTopics topics, int count, int failingEvery) {
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    String fail = isFailing(n, failingEvery) ? "yes" : "no";
                    String login = Logins.withTail(new UUID(11, n), ",\"n\":" + n + ",\"fail\":\"" + fail + "\"")
                            .replace("\"RU\"", '"' + locale(n) + '"');
                    String value = isInvalid(n) ? login.replace("\"device_type\":\"android\",", "") : login;
                    return new ProducerRecord<>(topics.input(), Logins.bytes("k" + n % KEYS), Logins.bytes(value));
                })
                .toList();
    }

    static boolean isFailing(int n, int every) {
        return n % every == 3;
    }

    /**
     * Compares what is on some topics, number by number: nothing is missing, nothing is twice, and the order of each key
     * is kept.
     *
     * @param expected for a number, the topics on which it has to be
     */
    static void assertExactly(Cluster cluster, List<String> topics, int count, IntFunction<List<String>> expected) {
        for (String topic : topics) {
            List<Integer> due = IntStream.range(0, count)
                    .filter(n -> expected.apply(n).contains(topic))
                    .boxed()
                    .toList();
            Map<Integer, Integer> times = new TreeMap<>();
            Map<String, Integer> last = new HashMap<>();
            List<String> wrong = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : cluster.readCommitted(topic)) {
                int n = number(record);
                times.merge(n, 1, Integer::sum);
                Integer before = last.put(Logins.text(record.key()), n);
                if (before != null && before >= n) {
                    wrong.add(n + " after " + before);
                }
            }
            times.forEach((n, sent) -> {
                if (sent != 1) {
                    wrong.add(n + " is there " + sent + " times");
                }
            });
            assertThat(wrong.stream().limit(20)).as(topic).isEmpty();
            assertThat(List.copyOf(times.keySet())).as(topic).isEqualTo(due);
        }
    }

    static int number(ConsumerRecord<byte[], byte[]> record) {
        Matcher matcher = NUMBER.matcher(Logins.text(record.value()));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
