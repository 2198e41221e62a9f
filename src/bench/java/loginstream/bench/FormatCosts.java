package loginstream.bench;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;
import loginstream.schema.CodecCosts;
import loginstream.schema.Format;

/** What topics with schemas cost beside plain JSON: turning values into JSON and JSON into values, without a broker. */
final class FormatCosts {
    private static final int LOGINS = 1_000;
    private static final int WARM_UP_ROUNDS = 8;

    private final Results results;
    private final int rounds;

    FormatCosts(Results results, int rounds) {
        this.results = results;
        this.rounds = rounds;
    }

    void run() throws Exception {
        List<byte[]> logins =
                IntStream.range(0, LOGINS).mapToObj(FormatCosts::login).toList();
        Map<Format, CodecCosts> formats = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            if (format != Format.JSON) {
                formats.put(format, new CodecCosts(format, logins));
            }
        }
        double json = logins.stream().mapToInt(login -> login.length).average().orElseThrow();
        for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
            if (round >= 1) {
                tell(Format.JSON, round, json, 0, 0);
            }
            for (Map.Entry<Format, CodecCosts> format : formats.entrySet()) {
                CodecCosts costs = format.getValue();
                double write = costs.microsToWrite();
                double read = costs.microsToRead();
                if (round >= 1) {
                    tell(format.getKey(), round, costs.bytes(), read, write);
                }
            }
        }
    }

    private void tell(Format format, int round, double bytes, double read, double write) {
        Map<Metric, Double> values = Map.of(Metric.BYTES, bytes, Metric.READ, read, Metric.WRITE, write);
        results.add(Lab.told(new Measured("formats", "loginstream-java", format.toString(), round, values), rounds));
    }

    /** With a member that no schema has a field for. */
    private static byte[] login(int n) {
        return String.format(
                        "{\"user_id\":\"424cdd21-063a-43a7-b91b-%012d\",\"app_version\":\"2.3.0\",\"device_type\":\"android\","
                                + "\"ip\":\"199.172.111.135\",\"locale\":\"RU\",\"device_id\":\"593-47-5928\","
                                + "\"timestamp\":%d,\"build\":%d,\"event_time\":\"2023-09-12T00:45:51Z\","
                                + "\"processed_time\":\"2026-11-24T10:00:00.123Z\"}",
                        n, 1694479551 + n, n)
                .getBytes(StandardCharsets.UTF_8);
    }
}
