package loginstream.deadletter.redrive;

import loginstream.deadletter.DeadLetterHeaders;
import loginstream.deadletter.store.StoredDeadLetter;
import loginstream.login.UnparseableLoginException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Decides for each dead letter whether it is sent again and as what, and counts why not. */
final class RedriveSelection {
    private final RedriveRequest request;
    private final String inputTopic;
    private final int inputPartitions;
    private long matched;
    private long selected;
    private long alreadyRedriven;
    private long atLimit;
    private long notObjects;
    private long fromElsewhere;
    private long refused;

    RedriveSelection(RedriveRequest request, String inputTopic, int inputPartitions) {
        this.request = request;
        this.inputTopic = inputTopic;
        this.inputPartitions = inputPartitions;
    }

    /** The record to send; null if none is to be sent. */
    ProducerRecord<byte[], byte[]> select(StoredDeadLetter letter) {
        matched++;
        if (letter.redriven()) {
            alreadyRedriven++;
        } else if (!letter.originalTopic().equals(inputTopic)) {
            fromElsewhere++;
        } else if (letter.redrives() >= request.maxRedrives()) {
            atLimit++;
        } else if (letter.valueBytes() < 0) { // a stand-in: its record is to be had only where it came from
            notObjects++;
        } else {
            try {
                byte[] value = request.edits().applyTo(letter.value());
                selected++;
                return record(letter, value);
            } catch (UnparseableLoginException e) {
                notObjects++;
            }
        }
        return null;
    }

    private ProducerRecord<byte[], byte[]> record(StoredDeadLetter letter, byte[] value) {
        int partition = letter.originalPartition();
        return new ProducerRecord<>(
                inputTopic,
                // Where it was before, because not every producer finds the partition of a key as this one would.
                partition >= 0 && partition < inputPartitions ? partition : null,
                letter.timestamp() < 0 ? null : letter.timestamp(),
                letter.key(),
                value,
                DeadLetterHeaders.forRedrive(letter.headers(), letter.redrives()));
    }

    /** Of those selected, so many were not sent after all. */
    void left(int count) {
        selected -= count;
    }

    void refused(int count) {
        selected -= count;
        refused += count;
    }

    RedriveResult result() {
        return new RedriveResult(matched, selected, alreadyRedriven, atLimit, notObjects, fromElsewhere, refused);
    }
}
