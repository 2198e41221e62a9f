package loginstream.replay;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the brokers know of a replay: where it begins and ends in each partition, and how far it has come. */
public final class ReplayGroup {
    private static final int SECONDS = 30;

    private final Admin admin;
    private final String group;
    private final String input;

    /**
     * @param group of the replay
     */
    public ReplayGroup(Admin admin, String group, String input) {
        this.admin = admin;
        this.group = group;
        this.input = input;
    }

    /**
     * Where it goes on, and where it ends.
     *
     * @param wantedUntil the first record at or after the end of the time that is wanted, or the end of the partition
     * @param resumed whether it had begun before
     */
    public record Plan(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> wantedUntil,
            boolean resumed) {
        /** About so many records there are to be sent; exact where they are in the order of their timestamps. */
        public long wanted() {
            return until(wantedUntil);
        }

        /** Offsets from there to the end; some may be no records, or not be wanted. */
        public long offsets() {
            return until(ends);
        }

        private long until(Map<TopicPartition, Long> there) {
            return there.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - begins.getOrDefault(end.getKey(), 0L)))
                    .sum();
        }
    }

    /**
     * Finds out what there is to be done.
     *
     * @throws ReplayFailedException if the brokers do not tell, or there is no such topic
     */
    public Plan plan(ReplayRequest request) {
        Set<TopicPartition> partitions = describe(input).partitions().stream()
                .map(partition -> new TopicPartition(input, partition.partition()))
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> ends = offsets(partitions, partition -> OffsetSpec.latest());
        Map<TopicPartition, Long> begins = firstSince(request.from(), ends);
        Map<TopicPartition, Long> committed = committed();
        begins.putAll(committed);
        return new Plan(begins, ends, firstSince(request.to(), ends), !committed.isEmpty());
    }

    /** How far it has come, in each partition of which that is known. */
    public Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && partition.topic().equals(input)) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Notes where it begins, unless it has begun before. */
    public void begin(Plan plan) {
        if (!plan.resumed()) {
            get(admin.alterConsumerGroupOffsets(
                            group,
                            plan.begins().entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey, begin -> new OffsetAndMetadata(begin.getValue()))))
                    .all());
        }
    }

    /** Makes those topics that are not there, with as many partitions as the input has; tells which. */
    public List<String> make(List<String> topics, int partitions) {
        Set<String> known = get(admin.listTopics().names());
        List<String> missing =
                topics.stream().filter(topic -> !known.contains(topic)).toList();
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()))
                        .toList())
                .values();
        return missing.stream().filter(topic -> isMade(answers.get(topic))).toList();
    }

    /** False where it is there already, and this client has no right to see it: the replay will tell. */
    private static boolean isMade(KafkaFuture<Void> answer) {
        try {
            get(answer);
            return true;
        } catch (ReplayFailedException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private TopicDescription describe(String topic) {
        try {
            return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
        } catch (ReplayFailedException e) { // the brokers do not say which topic they mean
            throw e.isPassing() ? e : new ReplayFailedException(topic + ": " + e.getMessage(), false);
        }
    }

    /** The first record at or after that time, or the end. */
    private Map<TopicPartition, Long> firstSince(Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> offsets =
                offsets(ends.keySet(), partition -> OffsetSpec.forTimestamp(time.toEpochMilli()));
        offsets.replaceAll(
                (partition, offset) -> offset < 0 ? ends.get(partition) : Math.min(offset, ends.get(partition)));
        return offsets;
    }

    private Map<TopicPartition, Long> offsets(
            Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) {
        Map<TopicPartition, ListOffsetsResultInfo> found = get(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), spec)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ReplayFailedException("the brokers do not answer", true);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new ReplayFailedException("is not there", false);
            }
            boolean passing = e.getCause() instanceof RetriableException;
            throw new ReplayFailedException(
                    (passing ? "the brokers do not answer: " : "") + Reason.message(e), passing, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailedException("interrupted", false);
        }
    }
}
