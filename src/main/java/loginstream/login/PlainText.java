package loginstream.login;

/** Text from a record, made fit for a message: one line, no control characters, not too long. */
public final class PlainText {
    private static final String ELLIPSIS = "…";

    private PlainText() {}

    /**
     * The text itself where it is harmless.
     *
     * @param maxLength in characters; what is longer is cut
     */
    public static String of(String text, int maxLength) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        for (int i = 0; i < text.length(); i++) {
            if (plain.length() >= maxLength) {
                return whole(plain).append(ELLIPSIS).toString();
            }
            char c = text.charAt(i);
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029') {
                plain.append(String.format("\\u%04x", (int) c));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Without the half of a character at its end. */
    private static StringBuilder whole(StringBuilder plain) {
        int last = plain.length() - 1;
        return last >= 0 && Character.isHighSurrogate(plain.charAt(last)) ? plain.deleteCharAt(last) : plain;
    }

    /** The text in quotes, cut to 40 characters. */
    public static String quoted(CharSequence text) {
        return '"' + of(text.toString(), 40) + '"';
    }
}
