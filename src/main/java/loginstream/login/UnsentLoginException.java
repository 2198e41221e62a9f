package loginstream.login;

/** A route has ended for a login without having sent, filtered or rejected it. */
public final class UnsentLoginException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnsentLoginException() {
        super("the route ended without sending it");
    }
}
