package loginstream.bench;

import java.util.Map;
import loginstream.sandbox.EmbeddedBroker;

/** A broker in a process of its own, until standard input ends. Its data is in the process's temporary folder. */
public final class BrokerProcess {
    static final String READY = "READY";

    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Map.of(
                "log.retention.ms", "-1",
                // What a contender has written is not needed after its run.
                "log.segment.delete.delay.ms", "1000");
        try (EmbeddedBroker broker = new EmbeddedBroker(Integer.parseInt(args[0]), options)) {
            broker.start();
            System.out.println(READY);
            while (System.in.read() >= 0) {
                // nothing is expected but its end
            }
        }
        System.exit(0);
    }
}
