package loginstream.steps;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LoggerHelper;

/**
 * The routes that read the input, and their groups. Two of one group would get a part of the partitions each, and of the
 * logins with them, so the second one is refused. A route is forgotten once its definition is no longer the context's: it
 * was removed, or another one has taken its place.
 */
final class InputReaders {
    private final String inputTopic;
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    private record Reader(RouteDefinition definition, String group) {}

    InputReaders(String inputTopic) {
        this.inputTopic = inputTopic;
    }

    /**
     * Takes note of a route that is being built.
     *
     * @throws IllegalArgumentException if it reads the input together with another route
     */
    void add(Route route, RouteDefinition definition) {
        String id = route.getRouteId();
        readers.remove(id);
        if (!(route.getEndpoint() instanceof KafkaEndpoint kafka) || !isRead(kafka.getConfiguration())) {
            return;
        }
        String group = kafka.getConfiguration().getGroupId();
        if (group == null) { // Camel makes one up for each thread
            return;
        }
        other(group, route.getCamelContext()).ifPresent(other -> {
            throw new IllegalArgumentException("route " + id + " reads " + inputTopic + " in the group " + group
                    + ", as " + other + " does: each would get a part of its partitions; read the output topic"
                    + " instead, or give it a groupId of its own");
        });
        readers.put(id, new Reader(definition, group));
    }

    private boolean isRead(KafkaConfiguration configuration) {
        String topic = configuration.getTopic();
        return configuration.isTopicIsPattern()
                ? Pattern.matches(topic, inputTopic)
                : List.of(topic.split(",")).contains(inputTopic);
    }

    private Optional<String> other(String group, CamelContext context) {
        List<RouteDefinition> current =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        readers.values().removeIf(reader -> current.stream().noneMatch(route -> route == reader.definition()));
        return readers.entrySet().stream()
                .filter(reader -> reader.getValue().group().equals(group))
                .map(reader -> named(reader.getKey(), reader.getValue().definition()))
                .findFirst();
    }

    /** Both are at odds with each other; which is built first says nothing about which is wrong. */
    private static String named(String id, RouteDefinition route) {
        String place = LoggerHelper.getSourceLocation(route.getInput());
        return "route " + id + (place == null ? "" : " (" + place.replaceFirst("^file:", "") + ")");
    }
}
