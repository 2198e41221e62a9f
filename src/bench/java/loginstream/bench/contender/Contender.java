package loginstream.bench.contender;

/** One way to do the work. Lives in a process of its own. */
public interface Contender extends AutoCloseable {

    /** Begins to consume, in threads of its own. */
    void start() throws Exception;

    /** How many input records are done with, whatever became of them. Called often, by another thread. */
    long done();

    @Override
    void close();
}
