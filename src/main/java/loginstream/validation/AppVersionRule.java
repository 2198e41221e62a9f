package loginstream.validation;

import loginstream.login.PlainText;

/** One to four numbers with dots between them, then perhaps a suffix after a {@code -} or {@code +}. */
final class AppVersionRule extends StringRule {
    private static final int MOST_NUMBERS = 4;

    @Override
    String violation(CharSequence text) {
        return isVersion(text) ? null : "not a version: " + PlainText.quoted(text);
    }

    /** Read by hand: a regular expression takes longer than all the other rules together. */
    private static boolean isVersion(CharSequence text) {
        int at = 0;
        for (int numbers = 1; ; numbers++) {
            int start = at;
            while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                return false;
            }
            if (at == text.length() || text.charAt(at) != '.') {
                return at == text.length() || isSuffix(text, at);
            }
            if (numbers == MOST_NUMBERS) {
                return false;
            }
            at++;
        }
    }

    private static boolean isSuffix(CharSequence text, int from) {
        if (text.charAt(from) != '-' && text.charAt(from) != '+' || from + 1 == text.length()) {
            return false;
        }
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '.' && c != '+' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
