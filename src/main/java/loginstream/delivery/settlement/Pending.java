package loginstream.delivery.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loginstream.login.Participant;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for a commit: who takes part in it, and what is only sent then. Used by several threads. */
final class Pending {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private final List<Sending> sends = new ArrayList<>();
    private Participant participant;
    private long bytes;

    /** As {@link loginstream.login.Outbox#enlist}. */
    synchronized <P extends Participant> Optional<P> enlist(Class<P> type, Participant.Beginning<P> beginning)
            throws InterruptedException {
        if (participant == null) {
            participant = beginning.begin();
        }
        return Optional.of(type.cast(participant));
    }

    /** Sends it once the participant has committed. */
    synchronized void send(Sending sending) {
        sends.add(sending);
        bytes += sending.bytes();
    }

    /** About how much memory is taken by what is to be sent. */
    synchronized long bytes() {
        return bytes;
    }

    /** Whether somebody takes part. */
    synchronized boolean isJoined() {
        return participant != null;
    }

    /**
     * Lets the participant commit. If that fails, all of it is dropped.
     *
     * @throws RuntimeException as the participant does
     */
    synchronized void commit() {
        boolean committed = false;
        try {
            if (participant != null) {
                participant.commit();
            }
            committed = true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            if (!committed) {
                drop();
            }
        }
    }

    /** Sends what has waited. */
    synchronized void sendTo(Delivery delivery) {
        sends.forEach(delivery::send);
    }

    /** Lets go of all of it. */
    synchronized void drop() {
        sends.clear();
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
}
