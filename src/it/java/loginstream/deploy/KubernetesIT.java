package loginstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.access.AccessRules;
import loginstream.cli.text.AccessRuleText;
import loginstream.config.Settings;
import loginstream.deadletter.store.RedriveLog;
import loginstream.fixture.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for Kubernetes: each is what it says it is, and all of them agree with the application. */
class KubernetesIT {
    private static final Path FOLDER = Path.of("src/deploy/kubernetes");
    private static final Settings DEFAULTS = Settings.load(new Properties(), Map.of());
    private static final int PROMISED_STOP_SECONDS = 30;

    static Stream<Manifest> all() {
        return Manifest.all().stream();
    }

    static Stream<Path> kustomizations() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return Stream.concat(
                    files.filter(file -> file.endsWith("kustomization.yaml")).toList().stream(),
                    Stream.of(Path.of("routes/kustomization.yaml")));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsWhatItSaysItIs(Manifest manifest) {
        manifest.requireValid();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aWrongKeyInAnyOfThemIsRefused(Manifest manifest) {
        ObjectNode wrong = manifest.json().deepCopy();
        wrong.put("speck", true);
        assertThatThrownBy(() -> new Manifest(manifest.file(), wrong).requireValid())
                .hasMessageContaining("speck");

        for (String part : List.of("metadata", "spec")) {
            ObjectNode wrongWithin = manifest.json().deepCopy();
            if (wrongWithin.has(part)) {
                ((ObjectNode) wrongWithin.get(part)).put("replicaz", 3);
                assertThatThrownBy(() -> new Manifest(manifest.file(), wrongWithin).requireValid())
                        .hasMessageContaining("replicaz");
            }
        }
    }

    /** Kubectl would only tell when it is too late. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void whatAKustomizationNamesIsThere(Path file) throws IOException {
        JsonNode kustomization = Manifest.documents(file).get(0);
        List<String> named = new ArrayList<>();
        kustomization.path("resources").forEach(each -> named.add(each.asText()));
        kustomization.path("components").forEach(each -> named.add(each.asText()));
        kustomization.path("patches").forEach(each -> {
            if (each.has("path")) {
                named.add(each.get("path").asText());
            }
        });
        kustomization.path("configMapGenerator").forEach(each -> {
            each.path("files").forEach(one -> named.add(one.asText()));
            each.path("envs").forEach(one -> named.add(one.asText()));
        });

        assertThat(kustomization.path("kind").asText()).isIn("Kustomization", "Component");
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(file.resolveSibling(name))
                .exists());
    }

    @Test
    void aClusterTakesThem() {
        // Given
        List<HasMetadata> objects = Manifest.all().stream()
                .filter(Manifest::isWhole)
                .filter(manifest -> manifest.type() != null)
                .<HasMetadata>map(manifest -> manifest.as(manifest.type()))
                .toList();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        try (KubernetesClient cluster = server.createClient()) {
            // When
            objects.forEach(each -> cluster.resource(each).createOr(NonDeletingOperation::update));

            // Then
            assertThat(objects).hasSizeGreaterThan(10).allSatisfy(each -> assertThat(
                            cluster.resource(each).get().getMetadata().getLabels())
                    .isEqualTo(each.getMetadata().getLabels()));
        } finally {
            server.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, /spec/selector/matchLabels",
        "Service, /spec/selector",
        "PodDisruptionBudget, /spec/selector/matchLabels",
        "NetworkPolicy, /spec/podSelector/matchLabels",
        "ServiceMonitor, /spec/selector/matchLabels"
    })
    void whatIsAboutPodsFindsThem(String kind, String selector) {
        assertThat(Manifest.ofKind(kind))
                .filteredOn(Manifest::isWhole)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.json().at(selector))
                        .isEqualTo(whole("Deployment").json().at("/spec/template/metadata/labels")));
    }

    @Test
    void probesAndPortsAreThoseOfTheApplication() {
        // Given
        Container container = container();
        String health = property("camel.management.health-path");
        ContainerPort management = container.getPorts().get(0);

        // Then
        assertThat(management.getContainerPort()).isEqualTo(Integer.valueOf(property("camel.management.port")));
        assertThat(path(container.getLivenessProbe())).isEqualTo(health + "/live");
        assertThat(path(container.getStartupProbe())).isEqualTo(health + "/live");
        assertThat(path(container.getReadinessProbe())).isEqualTo(health + "/ready");
        assertThat(Manifest.ofKind("Service")).allSatisfy(service -> assertThat(
                        service.json().at("/spec/ports/0/port").asInt())
                .isEqualTo(management.getContainerPort()));
        assertThat(Manifest.ofKind("ServiceMonitor")).allSatisfy(monitor -> assertThat(
                        monitor.json().at("/spec/endpoints/0/path").asText())
                .isEqualTo("/observe/metrics"));
    }

    @Test
    void podsAreGivenTimeToStopAndNoRights() throws IOException {
        // Given
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        String image = Files.readString(Path.of("src/deploy/docker/Dockerfile"));

        // Then
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(PROMISED_STOP_SECONDS);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(image).contains("USER " + pod.getSecurityContext().getRunAsUser() + "\n");
        assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"existing-cluster", "strimzi"})
    void settingsOfAnOverlayAreSettings(String overlay, @TempDir Path secrets) throws IOException {
        // Given
        Map<String, String> environment = environment(overlay);
        String authority = new Authority("of the brokers").pem();
        environment.computeIfPresent(
                "KAFKA_SASL_PASSWORD_FILE", (name, file) -> written(secrets.resolve(name), "secret"));
        environment.computeIfPresent(
                "KAFKA_SSL_TRUSTSTORE_LOCATION", (name, file) -> written(secrets.resolve(name), authority));

        // When
        Settings settings = Settings.load(new Properties(), environment);

        // Then
        assertThat(settings.kafka().bootstrapServers()).isEqualTo(environment.get("KAFKA_BOOTSTRAP_SERVERS"));
        assertThat(settings.topics()).isEqualTo(DEFAULTS.topics());
        assertThat(settings.consumer().group()).isEqualTo(DEFAULTS.consumer().group());
    }

    /** Where secrets are mounted, and where settings look for them. */
    @Test
    void secretsAreWhereSettingsLookForThem() throws IOException {
        List<String> mounts = new ArrayList<>();
        Manifest.documents(FOLDER.resolve("overlays/strimzi/secrets.yaml"))
                .get(0)
                .at("/spec/template/spec/containers/0/volumeMounts")
                .forEach(mount -> mounts.add(mount.get("mountPath").asText()));

        assertThat(environment("strimzi").values().stream().filter(value -> value.startsWith("/run/")))
                .hasSize(mounts.size())
                .allMatch(path -> mounts.stream().anyMatch(mount -> path.startsWith(mount + "/")));
    }

    @Test
    void imagesAreOfThisVersion() throws IOException {
        String version = Files.readString(Path.of("pom.xml")).split("<version>|</version>", 3)[1];
        for (String overlay : List.of("existing-cluster", "strimzi")) {
            JsonNode image = Manifest.documents(FOLDER.resolve("overlays/" + overlay + "/kustomization.yaml"))
                    .get(0)
                    .at("/images/0");
            assertThat(image.get("newTag").asText()).isEqualTo(version);
            assertThat(image.get("name").asText()).isEqualTo(container().getImage());
        }
    }

    @Test
    void topicsAreThoseOfTheApplication() {
        // Given
        Map<String, JsonNode> topics = Manifest.topics();
        String input = DEFAULTS.topics().input();
        String deadLetters = DEFAULTS.topics().deadLetter();

        // Then
        assertThat(topics).containsOnlyKeys(new ClusterNeeds(DEFAULTS).topics());
        assertThat(topics.get(deadLetters).at("/config/max.message.bytes").asInt())
                .isGreaterThan(1 << 20);
        assertThat(topics.get(RedriveLog.topicFor(deadLetters))
                        .at("/config/cleanup.policy")
                        .asText())
                .isEqualTo("compact");
        int partitions = topics.get(input).get("partitions").asInt();
        assertThat(Manifest.ofKind("ScaledObject"))
                .filteredOn(Manifest::isWhole)
                .allSatisfy(scaled -> {
                    assertThat(scaled.json().at("/spec/maxReplicaCount").asInt())
                            .isEqualTo(partitions);
                    assertThat(scaled.json().at("/spec/minReplicaCount").asInt())
                            .isZero();
                });
        assertThat(Manifest.ofKind("HorizontalPodAutoscaler")).allSatisfy(scaler -> assertThat(
                        scaler.as(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas())
                .isEqualTo(partitions));
    }

    @Test
    void kedaLooksAtTheGroupAndTheInputOfTheApplication() {
        assertThat(Manifest.ofKind("ScaledObject")).hasSize(2).allSatisfy(scaled -> {
            JsonNode trigger = scaled.json().at("/spec/triggers/0/metadata");
            assertThat(trigger.get("topic").asText())
                    .isEqualTo(DEFAULTS.topics().input());
            assertThat(trigger.get("consumerGroup").asText())
                    .isEqualTo(DEFAULTS.consumer().group());
            assertThat(scaled.name()).isEqualTo(deployment().getMetadata().getName());
        });
    }

    @Test
    void theUserHasTheRightsThatItNeeds() throws IOException {
        // Given
        AccessRules rules = new ClusterNeeds(DEFAULTS).rights();
        List<String> needed = new AccessRuleText(rules.of(
                        EnumSet.of(
                                AccessRules.Command.RUN, AccessRules.Command.CHECK, AccessRules.Command.DEAD_LETTERS),
                        "replayed"))
                .strimzi("loginstream", "kafka");

        // When
        JsonNode user = Manifest.ofKind("KafkaUser").get(0).json();

        // Then
        assertThat(user).isEqualTo(Manifest.documents(String.join("\n", needed)).get(0));
    }

    private static Map<String, String> environment(String overlay) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("base/loginstream.env"))) {
            put(environment, line);
        }
        Manifest.documents(FOLDER.resolve("overlays/" + overlay + "/kustomization.yaml"))
                .get(0)
                .at("/configMapGenerator/0/literals")
                .forEach(line -> put(environment, line.asText()));
        return environment;
    }

    private static void put(Map<String, String> environment, String line) {
        environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }

    private static String written(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest whole(String kind) {
        return Manifest.ofKind(kind).stream()
                .filter(Manifest::isWhole)
                .findFirst()
                .orElseThrow();
    }

    private static Deployment deployment() {
        return whole("Deployment").as(Deployment.class);
    }

    private static Container container() {
        return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    private static String property(String key) {
        try {
            Properties properties = new Properties();
            properties.load(Files.newBufferedReader(Path.of("src/main/resources/application.properties")));
            return properties.getProperty(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
