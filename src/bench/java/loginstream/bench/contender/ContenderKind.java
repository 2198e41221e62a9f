package loginstream.bench.contender;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.login.RecordSteps;
import loginstream.login.TreeSteps;
import loginstream.route.RouteSettings.Form;

/** All contenders. Where nothing else is said they deliver exactly once. */
public enum ContenderKind {
    LOGINSTREAM_JAVA("loginstream-java", a -> new LoginstreamContender(a, Form.JAVA, DeliveryGuarantee.EXACTLY_ONCE)),
    /** As its users write it, with a Jackson tree. */
    STREAMS("streams", a -> new StreamsContender(a, DeliveryGuarantee.EXACTLY_ONCE, TreeSteps::new)),
    /** Given Loginstream's own parser, rules, enricher and writer: what is left of the difference is the framework's. */
    STREAMS_GIVEN_STEPS(
            "streams-given-our-steps", a -> new StreamsContender(a, DeliveryGuarantee.EXACTLY_ONCE, RecordSteps::new)),
    /** With commits as often as Loginstream's; by default it waits for 100 ms. */
    STREAMS_SOON(
            "streams-commit-15ms",
            a -> new StreamsContender(
                    a, DeliveryGuarantee.EXACTLY_ONCE, TreeSteps::new, Map.of("commit.interval.ms", 15))),
    LOGINSTREAM_YAML("loginstream-yaml", a -> new LoginstreamContender(a, Form.YAML, DeliveryGuarantee.EXACTLY_ONCE)),
    LOGINSTREAM_JAVA_ALO(
            "loginstream-java-at-least-once",
            a -> new LoginstreamContender(a, Form.JAVA, DeliveryGuarantee.AT_LEAST_ONCE)),
    STREAMS_ALO("streams-at-least-once", a -> new StreamsContender(a, DeliveryGuarantee.AT_LEAST_ONCE, TreeSteps::new)),
    LOGINSTREAM_YAML_ALO(
            "loginstream-yaml-at-least-once",
            a -> new LoginstreamContender(a, Form.YAML, DeliveryGuarantee.AT_LEAST_ONCE)),
    /** Spring Boot with a batch listener and transactions. */
    SPRING("spring-kafka", "spring", "SpringContender"),
    /** The messaging of Quarkus. Some ten times slower, so it gets fewer records. */
    SMALLRYE("smallrye", "smallrye", "SmallRyeContender"),
    /** Flink SQL, on a cluster in the process; what is sent can be seen after the next checkpoint, one a second. */
    FLINK("flink-sql", "flink", "FlinkContender"),
    /** Poll, Jackson tree, send, commitSync; at least once. */
    PLAIN("plain-clients", PlainClientsContender::new),
    /** Poll and send, nothing else: the floor. At least once. */
    BARE("bare-loop", BareLoopContender::new),
    /** The same in C, on librdkafka: what Java's clients cost. */
    LIBRDKAFKA("librdkafka-loop", "librdkafka"),
    /** A record at a time through Camel's own steps. About a hundred times slower, so it gets few records. */
    TEXTBOOK("textbook-route", TextbookRouteContender::new),
    /** From the output topic into a database. */
    POSTGRES_SINK("loginstream-postgres", a -> LoginstreamContender.storing(a, "postgres")),
    /** From the output topic into a table on object storage. */
    ICEBERG_SINK("loginstream-iceberg", a -> LoginstreamContender.storing(a, "iceberg")),
    /** Into a database by hand. */
    JDBC("jdbc-batches", JdbcContender::new),
    /** Into a database by Kafka Connect; at least once, and what is there already is written again. */
    DEBEZIUM_JDBC("connect-debezium-jdbc", ConnectContender::debeziumJdbc),
    /** Into a table by Kafka Connect. */
    CONNECT_ICEBERG("connect-iceberg", ConnectContender::iceberg);

    private static final Set<ContenderKind> AT_LEAST_ONCE = EnumSet.of(
            LOGINSTREAM_JAVA_ALO,
            STREAMS_ALO,
            LOGINSTREAM_YAML_ALO,
            PLAIN,
            BARE,
            LIBRDKAFKA,
            TEXTBOOK,
            JDBC,
            DEBEZIUM_JDBC);

    private static final Set<ContenderKind> STORING =
            EnumSet.of(POSTGRES_SINK, ICEBERG_SINK, JDBC, DEBEZIUM_JDBC, CONNECT_ICEBERG);

    private final String label;
    /** Null where it is no Java. */
    private final Function<Assignment, Contender> factory;
    /** The folder of its sources, or null where it has our libraries. */
    private final String peer;

    /** Those that bring logins from the input to the output topic. */
    public static ContenderKind[] pipelines() {
        return Arrays.stream(values()).filter(kind -> !STORING.contains(kind)).toArray(ContenderKind[]::new);
    }

    ContenderKind(String label, Function<Assignment, Contender> factory) {
        this.label = label;
        this.factory = factory;
        this.peer = null;
    }

    /** One that is a program of its own. */
    ContenderKind(String label, String peer) {
        this.label = label;
        this.peer = peer;
        this.factory = null;
    }

    /** One with libraries of its own, which is compiled only when it is asked for. */
    ContenderKind(String label, String peer, String className) {
        this.label = label;
        this.peer = peer;
        this.factory = assignment -> {
            try {
                return (Contender) Class.forName("loginstream.bench.peer." + className)
                        .getConstructor(Assignment.class)
                        .newInstance(assignment);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** The folder of its sources, where its libraries are not ours. */
    public Optional<String> peer() {
        return Optional.ofNullable(peer);
    }

    /** Whether it is no Java. */
    public boolean isNative() {
        return factory == null;
    }

    /** Whether it makes no difference between good and bad records. */
    public boolean passesAllOn() {
        return this == BARE || this == LIBRDKAFKA;
    }

    /** What it promises of each record. */
    public String guarantee() {
        return AT_LEAST_ONCE.contains(this) ? "at least once" : "exactly once";
    }

    /** The name on the command line and in reports. */
    public String label() {
        return label;
    }

    /** The consumer group of a run. */
    public String groupOf(Assignment assignment) {
        return switch (this) {
            case POSTGRES_SINK -> assignment.group() + "-postgres";
            case ICEBERG_SINK -> assignment.group() + "-iceberg";
            case DEBEZIUM_JDBC, CONNECT_ICEBERG -> "connect-" + assignment.group();
            default -> assignment.group();
        };
    }

    Contender create(Assignment assignment) {
        return factory.apply(assignment);
    }

    /**
     * By its label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ContenderKind labelled(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender is called " + label + "; there are "
                        + Arrays.stream(values()).map(ContenderKind::label).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return label;
    }
}
