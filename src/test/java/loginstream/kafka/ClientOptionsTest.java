package loginstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientOptionsTest {

    static Stream<Arguments> harmful() {
        return Stream.of(
                given("enable.auto.commit", "true", "it must be false, for offsets are committed with the results"),
                given("isolation.level", "read_uncommitted", "it must be read_committed"),
                given("auto.offset.reset", "latest", "it must be earliest"),
                given("auto.offset.reset", "none", "it must be earliest"),
                given("auto.offset.reset", "by_duration:PT1H", "it must be earliest"),
                given("group.protocol", "consumer", "it must be classic"),
                given("group.id", "mine", "set loginstream.group instead"),
                given("group.instance.id", "pod-1", "set loginstream.instance-id instead"),
                given("interceptor.classes", "org.example.Tracing", "an interceptor can change and drop records"),
                given("key.deserializer", "org.example.Mine", "byte for byte"),
                given("value.deserializer", "org.example.Mine", "byte for byte"),
                given("key.serializer", "org.example.Mine", "byte for byte"),
                given("value.serializer", "org.example.Mine", "byte for byte"),
                given("acks", "1", "it must be all"),
                given("acks", "0", "it must be all"),
                given("enable.idempotence", "false", "it must be true"),
                given("max.in.flight.requests.per.connection", "6", "it must be from 1 to 5"),
                given("retries", "0", "it must be 1 or more"),
                given("transactional.id", "mine", "it is made of loginstream.group"),
                given("transaction.two.phase.commit.enable", "true", "it must be false"),
                given("partitioner.ignore.keys", "true", "one key have to stay in one partition"),
                given(
                        "partitioner.class",
                        "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                        "one key have to stay in one partition"),
                given("bootstrap.controllers", "host:9093", "set kafka.bootstrap.servers instead"));
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void endTheStartWhereTheyBreakAPromise(String option, String value, String reason) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with("kafka." + option, value));

        // Then
        loading.withMessageStartingWith("kafka." + option + "=" + value + " cannot be used: ")
                .withMessageContaining(reason)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                harmless("enable.auto.commit", "False"),
                harmless("isolation.level", "read_committed"),
                harmless("auto.offset.reset", "earliest"),
                harmless("group.protocol", "classic"),
                harmless("interceptor.classes", ""),
                harmless("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"),
                harmless("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
                harmless("acks", "all"),
                harmless("acks", " -1 "),
                harmless("enable.idempotence", "true"),
                harmless("max.in.flight.requests.per.connection", "1"),
                harmless("max.in.flight.requests.per.connection", "5"),
                harmless("retries", "10"),
                harmless("transaction.two.phase.commit.enable", "false"),
                harmless("partitioner.ignore.keys", "false"),
                harmless("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor"),
                harmless("transaction.timeout.ms", "60000"),
                harmless("client.id", "loginstream"),
                harmless("ssl.endpoint.identification.algorithm", ""),
                harmless("sasl.myplugin.region", "eu-1"),
                harmless("config.providers.file.class", "org.example.FileProvider"));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void arePassedOnWhereTheyBreakNone(String option, String value) {
        // When
        Properties client = TestSettings.with("kafka." + option, value).kafka().clientProperties();

        // Then
        assertThat(client).containsEntry(option, value);
    }

    static Stream<Arguments> refusedByKafka() {
        return Stream.of(
                given("linger.ms", "abc", "Not a number of type LONG"),
                given("linger.ms", "-1", "Value must be at least 0"),
                given("security.protocol", "FOO", "String must be one of (case insensitive): "),
                given("session.timeout.ms", "6s", "Not a number of type INT"),
                given("check.crcs", "maybe", "Expected value to be either true or false"),
                given("compression.type", "rar", "String must be one of: none, gzip, snappy, lz4, zstd"),
                given("isolation.level", "READ_COMMITTED", "String must be one of: read_committed"),
                given("ssl.engine.factory.class", "org.example.X", "Class org.example.X could not be found"),
                given("ssl.enabled.protocols", "TLSv1.3,TLSv1.3", "values must not be duplicated"));
    }

    @ParameterizedTest
    @MethodSource("refusedByKafka")
    void endTheStartWhereKafkaItselfRefusesThem(String option, String value, String reason) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with("kafka." + option, value));

        // Then
        loading.withMessageStartingWith("kafka." + option + "=" + value + " cannot be used: ")
                .withMessageContaining(reason)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("Invalid value", "\n");
    }

    @Test
    void areLeftToAProviderThatHasTheirValues(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("kafka.properties"), "timeout=9000");
        Map<String, String> options = Map.of(
                "kafka.config.providers", "file",
                "kafka.config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider",
                "kafka.request.timeout.ms", "${file:" + file + ":timeout}");

        // When
        var loading = assertThatCode(() -> TestSettings.with(options));

        // Then
        loading.doesNotThrowAnyException();
    }

    private static Arguments harmless(String option, String value) {
        return argumentSet(option + "=" + value, option, value);
    }

    private static Arguments given(String option, String value, String reason) {
        return argumentSet(option + "=" + value, option, value, reason);
    }
}
