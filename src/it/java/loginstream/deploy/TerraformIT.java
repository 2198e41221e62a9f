package loginstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.access.AccessRule;
import loginstream.access.AccessRules.Command;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import org.apache.kafka.common.resource.ResourcePattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for Terraform: each fits the others, and all of them agree with the application. */
class TerraformIT {
    private static final Settings DEFAULTS = TestSettings.defaults();
    private static final String REPLAYED = "replayed";

    @BeforeAll
    static void requireConverted() throws IOException {
        TerraformFolder.requireConverted();
    }

    static Stream<TerraformFolder> all() {
        return TerraformFolder.all().stream();
    }

    static Stream<TerraformFolder> examples() {
        return all().filter(TerraformFolder::isExample);
    }

    static Stream<Arguments> sinks() {
        return examples().flatMap(example -> Stream.of("postgres", "iceberg").map(sink -> Arguments.of(example, sink)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachFitsTheOthers(TerraformFolder folder) {
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void whatDoesNotFitIsFound() {
        // Given
        TerraformFolder wrong = TerraformFolder.of("examples/msk");
        ObjectNode call = (ObjectNode) wrong.call("msk");

        // When
        call.put("vpc", "${var.vpc}");
        call.remove("vpc_id");
        wrong.json().withObjectProperty("output").put("brokers", "${module.msk.brokers}");

        // Then
        assertThat(wrong.problems())
                .containsExactly(
                        "var.vpc is not declared",
                        "var.vpc_id is not used",
                        "module.msk is not given vpc_id",
                        "module.msk has no variable vpc",
                        "module.msk.brokers is no output");
    }

    @Test
    void topicsAndRightsAreThoseOfTheApplication() {
        requireAgreement(loginstream(), DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input_topic",
                "output_topic",
                "dead_letter_topic",
                "group",
                "replayed_topic",
                "partitions",
                "replication_factor",
                "min_insync_replicas",
                "dead_letter_max_message_bytes",
                "dead_letter_retention_ms"
            })
    void aDefaultOfAVariableThatWasChangedIsFound(String variable) {
        TerraformFolder changed = loginstream().withDefault(variable, "7");

        assertThatThrownBy(() -> requireAgreement(changed, DEFAULTS)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loginstream.input.topic",
                "loginstream.output.topic",
                "loginstream.dead-letter.topic",
                "loginstream.group"
            })
    void aDefaultOfTheApplicationThatWasChangedIsFound(String key) {
        Settings changed = TestSettings.with(key, "other");

        assertThatThrownBy(() -> requireAgreement(loginstream(), changed)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aRightThatIsMissingIsFound() {
        TerraformFolder changed = loginstream();
        ((ArrayNode) changed.local("rights").get("run")).remove(0);

        assertThatThrownBy(() -> requireAgreement(changed, DEFAULTS)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void topicsAndRightsOfSinksAreThoseOfTheApplication(TerraformFolder example, String sink) {
        // Given
        Settings storing = DEFAULTS.storing(sink, Map.of());
        Map<String, String> given = new HashMap<>();

        // When
        example.call("sink")
                .properties()
                .forEach(argument -> given.put(
                        argument.getKey(), argument.getValue().asText().replace("${each.key}", sink)));

        // Then
        assertThat(topics(loginstream(), given)).containsOnlyKeys(new ClusterNeeds(storing).topics());
        for (Command command : EnumSet.of(Command.RUN, Command.CHECK, Command.DEAD_LETTERS)) {
            assertThat(rights(loginstream(), command, given)).isEqualTo(rights(storing, command));
        }
        assertThat(example.variable("sinks").get("default")).isEmpty();
    }

    @Test
    void theProvidersAreToldWhateverMayBeNeeded() {
        // Given
        JsonNode words = TerraformFolder.of("modules/kafka").local("words");
        JsonNode actions = TerraformFolder.of("modules/msk").local("actions");
        List<AccessRule> rules = Stream.of(Command.values())
                .flatMap(command -> new ClusterNeeds(DEFAULTS).rights().of(command, REPLAYED).stream())
                .toList();

        // Then
        assertThat(rules).allSatisfy(rule -> {
            ResourcePattern on = rule.resource();
            for (Enum<?> name : List.of(rule.operation(), on.resourceType(), on.patternType())) {
                assertThat(words.path(name.name()).asText())
                        .isEqualToIgnoringCase(name.name().replace("_", ""));
            }
            assertThat(actions.path(on.resourceType().name())
                            .path(rule.operation().name()))
                    .as(rule.toString())
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void versionsAreFixed(TerraformFolder folder) {
        String version = folder.isExample() ? "\\d+\\.\\d+\\.\\d+" : "~> \\d+\\.\\d+\\.\\d+";
        JsonNode terraform = folder.json().at("/terraform/0");

        assertThat(terraform.get("required_version").asText()).isEqualTo(">= 1.5.0");
        assertThat(terraform.at("/required_providers/0"))
                .allSatisfy(
                        provider -> assertThat(provider.get("version").asText()).matches(version));
    }

    @Test
    void secretsAreGivenFromOutside() {
        // When
        Map<String, JsonNode> secrets = new HashMap<>();
        examples().forEach(example -> example.json().path("variable").properties().stream()
                .filter(variable -> variable.getKey().matches(".*(password|secret|api_key)"))
                .forEach(variable -> secrets.put(
                        example + " " + variable.getKey(), variable.getValue().get(0))));

        // Then
        assertThat(secrets).hasSize(5).allSatisfy((name, variable) -> {
            assertThat(variable.path("sensitive").asBoolean()).isTrue();
            assertThat(variable.has("default")).isFalse();
        });
    }

    private static TerraformFolder loginstream() {
        return TerraformFolder.of("modules/loginstream");
    }

    private static void requireAgreement(TerraformFolder module, Settings settings) {
        Map<String, JsonNode> strimzi = Manifest.topics();
        JsonNode brokers = Manifest.ofKind("Kafka").get(0).json().at("/spec/kafka/config");

        assertThat(topics(module, Map.of()))
                .containsOnlyKeys(new ClusterNeeds(settings).topics())
                .allSatisfy((name, topic) -> {
                    assertThat(text(module, topic.get("partitions")))
                            .isEqualTo(strimzi.get(name).get("partitions").asText());
                    assertThat(module.variable("replication_factor")
                                    .get("default")
                                    .asText())
                            .isEqualTo(strimzi.get(name).get("replicas").asText());
                    strimzi.get(name).path("config").properties().forEach(setting -> assertThat(
                                    text(module, topic.get("config").path(setting.getKey())))
                            .isEqualTo(setting.getValue().asText()));
                });
        assertThat(module.variable("min_insync_replicas").get("default").asText())
                .isEqualTo(brokers.get("min.insync.replicas").asText());
        assertThat(module.local("rights").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Command.values()).map(Command::word).toList());
        for (Command command : Command.values()) {
            assertThat(rights(module, command, Map.of())).isEqualTo(rights(settings, command));
        }
    }

    private static String text(TerraformFolder module, JsonNode json) {
        return module.value(json.asText(), Map.of());
    }

    private static Map<String, JsonNode> topics(TerraformFolder module, Map<String, String> given) {
        Map<String, JsonNode> topics = new HashMap<>();
        module.local("topics")
                .properties()
                .forEach(topic -> topics.put(module.value(topic.getKey(), given), topic.getValue()));
        topics.remove("");
        return topics;
    }

    private static List<String> rights(TerraformFolder module, Command command, Map<String, String> given) {
        List<String> rights = new ArrayList<>();
        for (JsonNode right : module.local("rights").get(command.word())) {
            String name = module.value(right.get("name").asText(), given);
            if (!name.isEmpty()) {
                rights.add(String.join(
                        " ",
                        right.get("operation").asText(),
                        right.get("resource_type").asText(),
                        right.get("pattern_type").asText(),
                        name));
            }
        }
        return rights;
    }

    private static List<String> rights(Settings settings, Command command) {
        return new ClusterNeeds(settings)
                .rights().of(command, REPLAYED).stream()
                        .map(rule -> String.join(
                                " ",
                                rule.operation().name(),
                                rule.resource().resourceType().name(),
                                rule.resource().patternType().name(),
                                rule.resource().name()))
                        .toList();
    }
}
