package loginstream.delivery.settlement;

import org.apache.kafka.common.KafkaException;

/** Is told how commits end, before anybody else hears of their batches. Called by the thread of their consumer. */
public interface CommitListener {

    /** Offsets have committed. */
    void committed();

    /** A commit has failed, or may have; what did not commit comes again. */
    void failed(KafkaException reason);
}
