package loginstream.delivery.settlement;

/** Is told how commits end. */
public interface CommitListener {

    /** Offsets have committed; nobody else has heard of their batches. Called by the thread of their consumer. */
    void committed();

    /** What takes part in a commit has made durable what it was given. Called by the thread that commits. */
    void stored();

    /** It has not, or nobody knows; all comes again. Called by the thread that commits. */
    void notStored(RuntimeException reason);
}
