package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendResultsTest {

    static Stream<Exception> missingTopics() {
        UnknownTopicOrPartitionException missing =
                new UnknownTopicOrPartitionException("This server does not host it.");
        return Stream.of(missing, new TimeoutException("not present in metadata", missing));
    }

    /** As the producer tells of a failure. */
    private static RecordMetadata nothingSentTo(String topic) {
        return new RecordMetadata(new TopicPartition(topic, 0), -1, -1, -1, -1, -1);
    }

    @ParameterizedTest
    @MethodSource("missingTopics")
    void namesTheTopicThatIsNotThere(Exception missing) {
        // Given
        SendResults results = new SendResults();

        // When
        results.callbackFor(Sending.of(new ProducerRecord<>("andriod-logins", new byte[0]), null))
                .onCompletion(nothingSentTo("andriod-logins"), missing);

        // Then
        assertThat(results.firstError()).hasMessageStartingWith("there is no topic andriod-logins");
        assertThat(results.isHopeless()).isTrue();
        assertThat(results.refused()).isEmpty();
    }
}
