package loginstream.validation;

import loginstream.login.PlainText;

/** A UUID in its text form of 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4), of any version. */
final class UuidRule extends StringRule {
    private static final int LENGTH = 36;

    @Override
    String violation(CharSequence text) {
        return isUuid(text) ? null : "not a UUID: " + PlainText.quoted(text);
    }

    /** {@link java.util.UUID#fromString} would take groups of other lengths too. */
    private static boolean isUuid(CharSequence text) {
        return text.length() == LENGTH
                && areHexDigits(text, 0, 8)
                && text.charAt(8) == '-'
                && areHexDigits(text, 9, 13)
                && text.charAt(13) == '-'
                && areHexDigits(text, 14, 18)
                && text.charAt(18) == '-'
                && areHexDigits(text, 19, 23)
                && text.charAt(23) == '-'
                && areHexDigits(text, 24, LENGTH);
    }

    private static boolean areHexDigits(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Ascii.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
