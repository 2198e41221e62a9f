package loginstream.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import loginstream.bench.contender.RunResult;
import loginstream.generator.LoginGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends logins at a steady rate and reads, as {@code read_committed}, what becomes of them; prints how long that took.
 * A record's timestamp is the moment at which it was due, not the one at which it was sent: a sender that is held up
 * must not make the result look better. One process, so one clock; a process of its own, so that it disturbs nobody.
 */
public final class LatencyProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> servers;
    private final String input;
    private final String output;
    private final int rate;
    private final long from;
    private final long until;
    private final long start;

    private LatencyProbe(List<String> args) {
        servers = Map.of("bootstrap.servers", args.get(0));
        input = args.get(1);
        output = args.get(2);
        rate = Integer.parseInt(args.get(3));
        start = System.currentTimeMillis() + 1000;
        from = start + Long.parseLong(args.get(4)) * 1000;
        until = from + Long.parseLong(args.get(5)) * 1000;
    }

    /** What is printed, in milliseconds. */
    record Latency(int arrived, double p50, double p99, double p999, double max) {}

    /** Broker, input, output, rate, warm-up seconds, measured seconds. */
    public static void main(String[] args) throws Exception {
        LatencyProbe probe = new LatencyProbe(List.of(args));
        Thread sender = new Thread(probe::send, "sender");
        sender.setDaemon(true);
        sender.start();
        System.out.println(RunResult.line(probe.read()));
    }

    private void send() {
        LoginGenerator logins = new LoginGenerator(Cluster.SEED, Cluster.BAD_SHARE, Clock.systemUTC());
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> options = new HashMap<>(servers);
        options.put("linger.ms", 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(options, bytes, bytes)) {
            for (long i = 0; ; i++) {
                long due = start + i * 1000 / rate;
                if (due >= until) {
                    return;
                }
                while (System.currentTimeMillis() < due) {
                    LockSupport.parkNanos(500_000);
                }
                producer.send(new ProducerRecord<>(input, 0, due, null, logins.next()));
            }
        }
    }

    private Latency read() {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> options = new HashMap<>(servers);
        options.put("isolation.level", "read_committed");
        options.put("auto.offset.reset", "latest");
        long[] latencies = new long[(int) ((until - from) / 1000 + 1) * rate];
        int arrived = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(options, bytes, bytes)) {
            consumer.assign(List.of(new TopicPartition(output, 0)));
            long last = System.currentTimeMillis();
            boolean complete = false;
            while (!complete && System.currentTimeMillis() < Math.max(until, last) + PATIENCE.toMillis()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    last = System.currentTimeMillis();
                    if (record.timestamp() >= from && record.timestamp() < until) {
                        latencies[arrived++] = last - record.timestamp();
                    }
                }
                complete = System.currentTimeMillis() > until + 3000 && System.currentTimeMillis() > last + 1000;
            }
        }
        return summary(Arrays.copyOf(latencies, arrived));
    }

    private static Latency summary(long[] latencies) {
        if (latencies.length == 0) {
            throw new IllegalStateException("nothing arrived");
        }
        Arrays.sort(latencies);
        return new Latency(
                latencies.length,
                percentile(latencies, 0.5),
                percentile(latencies, 0.99),
                percentile(latencies, 0.999),
                latencies[latencies.length - 1]);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
