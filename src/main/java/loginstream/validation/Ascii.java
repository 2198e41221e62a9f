package loginstream.validation;

/** Kinds of ASCII characters; {@link Character} would let in those of every script. */
final class Ascii {
    private static final boolean[] HEX_DIGITS = new boolean[128];

    static {
        "0123456789abcdefABCDEF".chars().forEach(c -> HEX_DIGITS[c] = true);
    }

    private Ascii() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isHexDigit(char c) {
        return c < HEX_DIGITS.length && HEX_DIGITS[c];
    }
}
