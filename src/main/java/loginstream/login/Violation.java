package loginstream.login;

/**
 * One broken rule of one field.
 *
 * @param field what is wrong
 * @param reason how, e.g. {@code missing}
 */
public record Violation(LoginField field, String reason) {
    @Override
    public String toString() {
        return field.jsonName() + ": " + reason;
    }
}
