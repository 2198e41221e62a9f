package loginstream.deploy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.access.AccessRules;
import loginstream.config.Settings;
import loginstream.deadletter.store.RedriveLog;

/** What a cluster has to have for a process with these settings. */
record ClusterNeeds(Settings settings) {

    /** Names of its topics. */
    Set<String> topics() {
        String deadLetters = settings.topics().deadLetter();
        return Stream.of(
                        settings.topics().input(),
                        settings.topics().output(),
                        deadLetters,
                        RedriveLog.topicFor(deadLetters))
                .filter(topic -> !topic.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What it may do. */
    AccessRules rights() {
        return new AccessRules(settings.topics(), settings.consumer().group(), settings.delivery(), List.of());
    }
}
