package loginstream.route.cases;

/** A file that holds no tests, or no routes to test. The message is one line that begins with file and line. */
public final class InvalidTestFileException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTestFileException(String message) {
        super(message.replaceAll("\\s+", " "));
    }
}
