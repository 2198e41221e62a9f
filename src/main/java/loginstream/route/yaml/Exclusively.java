package loginstream.route.yaml;

/** Runs a replacement of routes so that nobody pauses or resumes them meanwhile, and starts none that are paused. */
@FunctionalInterface
public interface Exclusively {

    /** Something that puts other routes in the place of the running ones. */
    @FunctionalInterface
    interface Replacement {
        void run() throws Exception;
    }

    /**
     * Runs it on this thread.
     *
     * @throws Exception as the replacement does
     */
    void run(Replacement replacement) throws Exception;
}
