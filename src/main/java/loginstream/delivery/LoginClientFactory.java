package loginstream.delivery;

import java.time.Clock;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loginstream.delivery.settlement.BatchListener;
import loginstream.delivery.settlement.CommitListener;
import loginstream.delivery.settlement.Settlement;
import loginstream.delivery.settlement.SettlementOptions;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.TopicLimits;
import loginstream.kafka.Topics;
import loginstream.kafka.failure.Reason;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.Outbox;
import loginstream.schema.TopicFormats;
import loginstream.schema.TopicSerializer;
import loginstream.steps.RouteEnd;
import loginstream.storage.Gathering;
import org.apache.camel.TypeConverter;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.OnCamelContextStopping;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Camel's Kafka component gets its clients from. Every consumer thread of the input gets a {@link BatchConsumer} with
 * a producer of its own; the endpoints that a route sends to get a {@link RouteProducer} in front of those.
 */
public final class LoginClientFactory implements KafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(LoginClientFactory.class);

    private final ClientProperties clients;
    private final TopicLimits limits;
    private final DeliveryGuarantee guarantee;
    private final int maxAttempts;
    private final TypeConverter converter;
    private final BatchListener listener;
    private final TopicFormats formats;
    private final String processId;
    private final BatchesInFlight inFlight = new BatchesInFlight(new ThrottledLog(LOG));
    private final ThrottledLog troubles = new ThrottledLog(LOG);
    private final Admission admission =
            new Admission(Clock.systemUTC(), troubles, "the brokers let the consumers in again");
    private final OtherServices services;
    private final Set<BatchConsumer> consumers = new CopyOnWriteArraySet<>();
    private final BitSet slots = new BitSet();
    private Supplier<Producer<byte[], byte[]>> plainProducers;
    private InputSpan span = InputSpan.ALL;
    private Gathering gathering = Gathering.NONE;
    private volatile boolean held;

    /**
     * @param maxAttempts how often a record is tried at most
     * @param formats of the input and output topics
     */
    public LoginClientFactory(
            ClientProperties clients,
            Topics topics,
            DeliveryGuarantee guarantee,
            int maxAttempts,
            TypeConverter converter,
            BatchListener listener,
            TopicFormats formats) {
        this.clients = clients;
        this.limits = new TopicLimits(clients, topics.written());
        this.guarantee = guarantee;
        this.maxAttempts = maxAttempts;
        this.converter = converter;
        this.listener = listener;
        this.formats = formats;
        this.services = new OtherServices(formats.input(), troubles);
        this.plainProducers = () -> new KafkaProducer<>(clients.plainProducer());
        this.processId = clients.instanceId().isEmpty() ? UUID.randomUUID().toString() : clients.instanceId();
    }

    /**
     * To be added to the Camel context: reports how each batch has ended.
     *
     * @param routeEnd decides what has become of its logins
     */
    public RoutePolicyFactory routePolicyFactory(RouteEnd routeEnd) {
        return (context, routeId, route) -> new BatchRoutePolicy(inFlight, routeEnd);
    }

    /**
     * From now on nothing that is sent outside of a login's transaction reaches a broker.
     *
     * @param taker is given it instead
     */
    public void keepOffBrokers(Consumer<ProducerRecord<byte[], byte[]>> taker) {
        plainProducers = () -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                taker.accept(record);
                return super.send(record, callback);
            }
        };
    }

    /** From now on consumers handle only these records. */
    public void consumeWithin(InputSpan records) {
        span = records;
    }

    /** From now on so much is in a commit. */
    public void gather(Gathering wanted) {
        gathering = wanted;
    }

    /** Asks the brokers already now for what will be needed. */
    public void begin() {
        limits.begin();
    }

    /** From now on no consumer hands out anything; or, they do again. */
    void hold(boolean hold) {
        held = hold;
    }

    boolean isHeld() {
        return held;
    }

    /** Whether every consumer rests, as they do some time after their route was suspended. */
    boolean isResting() {
        return consumers.stream().allMatch(BatchConsumer::isResting);
    }

    /** Whether consumers fail again and again, for a reason that is in this program. */
    boolean isFailing() {
        return inFlight.isFailing();
    }

    /** Why the brokers do not let consumers in, or what is needed beside them is away, where that was lately. */
    Optional<String> refusal() {
        return admission.refusal().or(services::refusal);
    }

    /** To be added to the Camel context: when it stops, no consumer waits for long for brokers that are away. */
    public LifecycleStrategy lifecycleStrategy() {
        OnCamelContextStopping stopping = context -> consumers.forEach(BatchConsumer::stopping);
        return LifecycleStrategySupport.adapt(stopping);
    }

    /** The consumers that are there now. */
    Collection<BatchConsumer> consumers() {
        return consumers;
    }

    @Override
    public org.apache.kafka.clients.consumer.Consumer<Object, Object> getConsumer(Properties camels) {
        int slot = takeSlot();
        String member = processId + "-" + slot;
        try {
            BatchConsumer consumer = new BatchConsumer(
                    clients.consumer(camels, member),
                    self -> settlement(self, member),
                    inFlight,
                    listener,
                    admission,
                    services,
                    troubles,
                    this::isHeld,
                    span,
                    () -> freeSlot(slot));
            consumers.add(consumer);
            return consumer;
        } catch (RuntimeException e) {
            freeSlot(slot);
            if (e instanceof KafkaException cause) {
                admission.refused(cause); // Camel tries again after some seconds
            }
            throw e;
        }
    }

    private Settlement settlement(BatchConsumer consumer, String member) {
        CommitListener commits = new CommitListener() {
            @Override
            public void committed() {
                consumer.tellLag();
            }

            @Override
            public void stored() {
                services.served();
            }

            @Override
            public void notStored(RuntimeException reason) {
                services.isAway(reason);
            }
        };
        SettlementOptions options = new SettlementOptions(maxAttempts, gathering, listener, commits, troubles);
        return switch (guarantee) {
            case EXACTLY_ONCE ->
                Settlement.exactlyOnce(consumer, () -> producer(clients.transactionalProducer(member)), options);
            case AT_LEAST_ONCE -> Settlement.atLeastOnce(consumer, () -> producer(clients.producer()), options);
        };
    }

    /** What is needed beside it is asked for first; while that is away, results cannot be delivered either. */
    private Producer<byte[], byte[]> producer(Properties options) {
        formats.output().prepare();
        return new KafkaProducer<>(limits.keptBy(options));
    }

    /** Makes values of the output topic. */
    TopicSerializer serializer() {
        return formats.output();
    }

    /** For endpoints of other topics than the input. */
    KafkaClientFactory plain() {
        return new PlainClientFactory(this, clients, troubles);
    }

    @Override
    public Producer<Object, Object> getProducer(Properties camels) {
        return new RouteProducer(() -> plainProducers.get(), converter);
    }

    /** Where logins send to that were not consumed from Kafka: out at once, in no transaction. */
    public Outbox plainOutbox() {
        RouteProducer producer = new RouteProducer(() -> plainProducers.get(), converter);
        return (record, cause) -> producer.send(
                new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers()),
                (metadata, failure) -> {
                    if (failure != null) {
                        LOG.error("{} was not sent to {}: {}", cause, record.topic(), Reason.of(failure));
                    }
                });
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return clients.bootstrapServers();
    }

    /** The lowest free number: a thread that reconnects finds its own again, and so fences what it left behind. */
    private synchronized int takeSlot() {
        int slot = slots.nextClearBit(0);
        slots.set(slot);
        return slot;
    }

    private synchronized void freeSlot(int slot) {
        slots.clear(slot);
        consumers.removeIf(BatchConsumer::isClosed);
    }
}
