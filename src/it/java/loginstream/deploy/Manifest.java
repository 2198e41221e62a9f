package loginstream.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One object for Kubernetes, as it stands in a file under {@code src/deploy/kubernetes}. */
record Manifest(Path file, JsonNode json) {
    private static final Path ROOT = Path.of("src/deploy/kubernetes");
    /** Where a build that has kubectl puts what kustomize makes of the overlays. */
    private static final Path RENDERED = Path.of("target/kubernetes");

    /** Unlike Kubernetes' own clients it refuses what it does not know. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated method) {
                    return false;
                }
            });

    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", strimzis("kafka.Kafka")),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", strimzis("nodepool.KafkaNodePool")),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", strimzis("topic.KafkaTopic")),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", strimzis("user.KafkaUser")));

    /** By name: the compiler would warn of their annotations, which are in a jar that is not published. */
    private static Class<? extends HasMetadata> strimzis(String name) {
        try {
            return Class.forName("io.strimzi.api.kafka.model." + name).asSubclass(HasMetadata.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of them, those of kustomize's own left out. */
    static List<Manifest> all() {
        List<Manifest> all = in(ROOT);
        if (Files.exists(RENDERED)) {
            all.addAll(in(RENDERED));
        }
        return all;
    }

    private static List<Manifest> in(Path folder) {
        List<Manifest> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Manifest::isOne).sorted().toList()) {
                documents(file).forEach(json -> found.add(new Manifest(file, json)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** What is in a file of YAML. */
    static List<JsonNode> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> documents.add(STRICT.valueToTree(document)));
        return documents;
    }

    private static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals("kustomization.yaml") && !name.equals("adapter-rule.yaml");
    }

    /** Those of a kind, in the files that people edit. */
    static List<Manifest> ofKind(String kind) {
        return in(ROOT).stream().filter(one -> one.kind().equals(kind)).toList();
    }

    /** What the topics are to be, by their names. */
    static Map<String, JsonNode> topics() {
        return ofKind("KafkaTopic").stream()
                .collect(Collectors.toMap(Manifest::name, topic -> topic.json().get("spec")));
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    /**
     * Reads it as what it says it is.
     *
     * @throws IllegalArgumentException if it is not, or has a key that such a thing does not have
     */
    void requireValid() {
        String type = fullKind();
        if (type.startsWith("keda.sh/")) {
            List<?> errors = kedas().validate(json.toString(), InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(errors.toString());
            }
        } else if (TYPES.containsKey(type)) {
            STRICT.convertValue(json, TYPES.get(type));
        } else {
            throw new IllegalArgumentException("nobody knows " + type);
        }
    }

    private String fullKind() {
        return json.path("apiVersion").asText() + "/" + kind();
    }

    /** Null where there is only a schema. */
    Class<? extends HasMetadata> type() {
        return TYPES.get(fullKind());
    }

    /** Whether it is whole; those in overlays that only change something of another one are not. */
    boolean isWhole() {
        return !file.endsWith("secrets.yaml") && !file.endsWith("scaler.yaml");
    }

    private static Schema kedas() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("src/test/resources/deploy/keda.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T as(Class<T> type) {
        return STRICT.convertValue(json, type);
    }

    @Override
    public String toString() {
        return kind() + " " + name() + " in " + file;
    }
}
