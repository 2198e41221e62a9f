package loginstream.delivery.settlement;

import loginstream.kafka.failure.ThrottledLog;
import loginstream.storage.Gathering;

/**
 * How batches are brought to their end, and who is told.
 *
 * @param maxAttempts how often a record that fails alone is tried before it is rejected
 * @param gathering how much is in a commit
 * @param troubles where it is told what keeps results from being delivered
 */
public record SettlementOptions(
        int maxAttempts, Gathering gathering, BatchListener listener, CommitListener commits, ThrottledLog troubles) {}
