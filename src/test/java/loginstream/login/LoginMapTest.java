package loginstream.login;

import static loginstream.fixture.SingleLogin.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import loginstream.fixture.SingleLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoginMapTest {
    private static final String JSON = "{\"user_id\":\"u\", \"locale\":\"RU\",\"timestamp\":1694479551,\"n\":1.00,"
            + "\"big\":1e999,\"none\":null,\"in\":{\"a\":[1,{\"b\":2}]}}";

    private final Login login = SingleLogin.read(JSON);
    private final LoginMap map = login.asMap();

    @Test
    void hasTheMembersAsJacksonReadsThem() throws Exception {
        // Given
        Map<?, ?> read = new ObjectMapper().readValue(JSON, Map.class);

        // Then
        assertThat(map).isEqualTo(read).hasSameSizeAs(read);
        assertThat(map.keySet()).containsExactly("user_id", "locale", "timestamp", "n", "big", "none", "in");
        read.forEach((name, value) -> {
            assertThat(map.get(name)).isEqualTo(value);
            assertThat(map.containsKey(name)).isTrue();
        });
    }

    @Test
    void hasNothingElse() {
        // Then
        assertThat(map.get("device_type")).isNull();
        assertThat(map.containsKey("device_type")).isFalse();
        assertThat(map.get("other")).isNull();
        assertThat(map.containsKey("other")).isFalse();
        assertThat(map.get(1)).isNull();
        assertThat(map.containsKey(null)).isFalse();
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                edit("nothing", map -> {}, JSON),
                edit("a known member", map -> map.put("locale", "DE"), changed("\"RU\"", "\"DE\"")),
                edit("an unknown member", map -> map.put("n", 2), changed("1.00", "2")),
                edit("to the value that it has", map -> map.put("n", map.get("n")), JSON),
                edit("a member to null", map -> map.put("n", null), changed("1.00", "null")),
                edit("null to null", map -> map.put("none", null), changed("", "")),
                edit("null to something", map -> map.put("none", true), changed("null", "true")),
                edit("a new one", map -> map.put("new", List.of(1, "x")), appended("\"new\":[1,\"x\"]")),
                edit("a known one that was absent", map -> map.put("ip", "::1"), appended("\"ip\":\"::1\"")),
                edit(
                        "a new one twice",
                        map -> {
                            map.put("new", 1);
                            map.put("new", 2);
                        },
                        appended("\"new\":2")),
                edit("without one", map -> map.remove("n"), changed("\"n\":1.00,", "")),
                edit("without what is not there", map -> map.remove("other"), JSON),
                edit(
                        "without a new one",
                        map -> {
                            map.put("new", 1);
                            map.remove("new");
                        },
                        changed("", "")),
                edit(
                        "several",
                        map -> map.putAll(Map.of("locale", "DE", "n", 2)),
                        changed("\"RU\"", "\"DE\"").replace("1.00", "2")),
                edit(
                        "by its entries",
                        map -> map.entrySet().forEach(member -> {
                            if (member.getKey().equals("locale")) {
                                member.setValue("DE");
                            }
                        }),
                        changed("\"RU\"", "\"DE\"")),
                edit(
                        "only what is kept",
                        map -> map.keySet().retainAll(List.of("locale", "n")),
                        "{\"locale\":\"RU\",\"n\":1.00}"),
                edit("away with all", Map::clear, "{}"),
                edit(
                        "what is nested by a new one",
                        map -> map.put("in", Map.of("c", 3)),
                        changed("{\"a\":[1,{\"b\":2}]}", "{\"c\":3}")));
    }

    private static Arguments edit(String name, Consumer<Map<String, Object>> edit, String json) {
        return Arguments.argumentSet(name, edit, json);
    }

    /** White space between members goes as soon as one of them changes. */
    private static String changed(String from, String to) {
        return JSON.replace(", ", ",").replace(from, to);
    }

    private static String appended(String member) {
        return JSON.substring(0, JSON.length() - 1) + "," + member + "}";
    }

    @ParameterizedTest
    @MethodSource("edits")
    void changesTheLoginAndNothingElseInIt(Consumer<Map<String, Object>> edit, String json) throws Exception {
        // When
        edit.accept(map);

        // Then
        assertThat(written(login).replace(", ", ",")).isEqualTo(json.replace(", ", ","));
        assertThat(map).isEqualTo(new ObjectMapper().readValue(json, Map.class));
    }

    @Test
    void keepsEveryByteAsLongAsNothingIsChanged() {
        // When
        map.forEach((name, value) -> map.get(name));

        // Then
        assertThat(written(login)).isEqualTo(JSON);
    }

    @Test
    void answersWithWhatWasThereBefore() {
        // Then
        assertThat(map.put("locale", "DE")).isEqualTo("RU");
        assertThat(map.put("new", 1)).isNull();
        assertThat(map.remove("new")).isEqualTo(1);
        assertThat(map.remove("new")).isNull();
    }

    @Test
    void iteratesAndRemoves() {
        // Given
        Iterator<Map.Entry<String, Object>> members = map.entrySet().iterator();

        // When
        assertThat(members.next()).isEqualTo(entry("user_id", "u"));
        members.remove();

        // Then
        assertThat(map).doesNotContainKey("user_id").hasSize(6);
        assertThat(members.next()).isEqualTo(entry("locale", "RU"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void refusesChangesOfWhatIsNested() {
        // Given
        Map<String, Object> nested = (Map<String, Object>) map.get("in");
        List<Object> list = (List<Object>) nested.get("a");

        // Then
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> nested.put("x", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((Map<String, Object>) list.get(1)).clear());
    }

    @Test
    void refusesWhatIsNoJson() {
        // Then
        assertThatThrownBy(() -> map.put("x", new Object())).isInstanceOf(UncheckedIOException.class);
        assertThat(map).doesNotContainKey("x");
        assertThat(written(login)).isEqualTo(JSON);
    }

    @Test
    void showsWhatAnotherStepHasAdded() {
        // Given
        map.size();

        // When
        login.append("event_time", "now");

        // Then
        assertThat(map).containsEntry("event_time", "now").hasSize(8);
        assertThat(map.keySet()).endsWith("event_time");
    }

    @Test
    void stepsThatLookAtFieldsSeeWhatWasChanged() throws Exception {
        // Given
        map.put("locale", "DE");
        map.remove("timestamp");

        // When
        login.reread();

        // Then
        assertThat(login.text(LoginField.LOCALE)).isEqualTo("DE");
        assertThat(login.text(LoginField.TIMESTAMP)).isNull();
    }
}
