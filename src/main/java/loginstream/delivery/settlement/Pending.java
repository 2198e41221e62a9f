package loginstream.delivery.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.Participant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for a commit: who takes part in it, and what is only sent then. Used by several threads. */
final class Pending implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private final List<Sent> sent = new ArrayList<>();
    private Participant participant;

    private record Sent(ProducerRecord<byte[], byte[]> record, Login cause) {}

    @Override
    public synchronized <P extends Participant> Optional<P> enlist(Class<P> type, Supplier<P> begin) {
        if (participant == null) {
            participant = begin.get();
        }
        return Optional.of(type.cast(participant));
    }

    /** Sends it with the commit. */
    @Override
    public synchronized void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        sent.add(new Sent(record, cause));
    }

    /**
     * Lets the participant commit, and sends what has waited for that.
     *
     * @throws RuntimeException as the participant does
     */
    synchronized void commit(Delivery delivery) {
        if (participant != null) {
            try {
                participant.commit();
            } catch (RuntimeException e) {
                rollback();
                throw e;
            } catch (InterruptedException e) {
                rollback();
                throw new InterruptException(e);
            }
        }
        sent.forEach(each -> delivery.send(each.record, each.cause));
    }

    /** Lets go of all of it. */
    synchronized void rollback() {
        sent.clear();
        if (participant != null) {
            try {
                participant.rollback();
            } catch (RuntimeException e) {
                LOG.debug("what was to be stored is left behind", e);
            } finally {
                participant = null;
            }
        }
    }

    synchronized boolean isEmpty() {
        return sent.isEmpty() && participant == null;
    }
}
