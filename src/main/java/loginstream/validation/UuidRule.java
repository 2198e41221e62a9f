package loginstream.validation;

import loginstream.login.PlainText;

/** A UUID in its text form of 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4), of any version. */
final class UuidRule implements StringRule {
    private static final int LENGTH = 36;

    @Override
    public String violation(CharSequence text) {
        return isUuid(text) ? null : "not a UUID: " + PlainText.quoted(text);
    }

    /** {@link java.util.UUID#fromString} would take groups of other lengths too. */
    private static boolean isUuid(CharSequence text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !Ascii.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }
}
