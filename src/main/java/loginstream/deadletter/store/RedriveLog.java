package loginstream.deadletter.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Which dead letters were sent again: a compacted topic beside the dead-letter topic, with one record for each, keyed by
 * its position and written in the transaction that sent it. So neither can be without the other, whatever is killed.
 */
public final class RedriveLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topic deadLetters;
    private final Map<TopicPartition, Long> begins;
    private final Map<Integer, Set<Long>> redriven = new HashMap<>();
    /** Of dead letters that are gone from their topic, or that were in another topic of the same name. */
    private final Set<RecordPosition> outlived = new HashSet<>();

    private RedriveLog(Topic deadLetters, Map<TopicPartition, Long> begins) {
        this.deadLetters = deadLetters;
        this.begins = begins;
    }

    /** The name of the topic beside that dead-letter topic. */
    public static String topicFor(String deadLetterTopic) {
        return deadLetterTopic + ".redriven";
    }

    /** Reads what is remembered; nothing where the topic is not there yet. */
    static RedriveLog read(Admin admin, Consumer<byte[], byte[]> consumer, Topic deadLetters) throws Exception {
        RedriveLog log = new RedriveLog(deadLetters, consumer.beginningOffsets(deadLetters.topicPartitions()));
        Topic topic = Topic.find(admin, topicFor(deadLetters.name())).orElse(null);
        if (topic != null) {
            TopicScan scan = new TopicScan(consumer);
            scan.read(scan.everything(topic.topicPartitions()), record -> {
                log.remember(record);
                return true;
            });
        }
        return log;
    }

    /** Makes the topic where it is not there. */
    static void createTopic(Admin admin, Topic deadLetters) throws Exception {
        String name = topicFor(deadLetters.name());
        if (Topic.find(admin, name).isPresent()) {
            return;
        }
        NewTopic topic = new NewTopic(name, 1, (short) deadLetters.replicas())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            KafkaFutures.get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // somebody else was faster
        } catch (AuthorizationException | PolicyViolationException e) {
            throw new DeadLetterException(
                    "the topic " + name + ", which remembers what was redriven, cannot be created: " + e.getMessage()
                            + "; create it with cleanup.policy=compact",
                    e);
        }
    }

    boolean holds(ConsumerRecord<byte[], byte[]> deadLetter) {
        return redriven.getOrDefault(deadLetter.partition(), Set.of()).contains(deadLetter.offset());
    }

    /** What to write in the transaction that sends a dead letter again. */
    public ProducerRecord<byte[], byte[]> entry(RecordPosition position, String sentTo, Instant now) {
        byte[] value = JSON.createObjectNode()
                .put("topic_id", deadLetters.id())
                .put("sent_to", sentTo)
                .put("redriven_at", now.toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topicFor(deadLetters.name()), 0, utf8(position), value);
    }

    /** What to write to forget the dead letters that are gone. */
    public List<ProducerRecord<byte[], byte[]>> tombstones() {
        return outlived.stream()
                .map(position ->
                        new ProducerRecord<byte[], byte[]>(topicFor(deadLetters.name()), 0, utf8(position), null))
                .toList();
    }

    private void remember(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!RecordPosition.isOne(key)) {
            return;
        }
        RecordPosition position = RecordPosition.parse(key);
        Set<Long> offsets = redriven.computeIfAbsent(position.partition(), partition -> new HashSet<>());
        offsets.remove(position.offset());
        outlived.remove(position);
        if (record.value() == null) {
            return;
        }
        Long begin = begins.get(position.topicPartition());
        if (begin != null && position.offset() >= begin && isOfThisTopic(record.value())) {
            offsets.add(position.offset());
        } else {
            outlived.add(position);
        }
    }

    /** A topic that was deleted and made again counts from 0 again; its id is another. */
    private boolean isOfThisTopic(byte[] value) {
        try {
            JsonNode id = JSON.readTree(value).path("topic_id");
            return !id.isTextual()
                    || id.asText().equals(deadLetters.id())
                    || Uuid.ZERO_UUID.toString().equals(deadLetters.id());
        } catch (IOException e) {
            return true; // better not sent again than sent twice
        }
    }

    private static byte[] utf8(RecordPosition position) {
        return position.toString().getBytes(StandardCharsets.UTF_8);
    }
}
