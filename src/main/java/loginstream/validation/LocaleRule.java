package loginstream.validation;

import loginstream.login.PlainText;

/** A language or country code of two or three letters, then perhaps subtags of up to eight letters and digits (BCP 47). */
final class LocaleRule extends StringRule {
    private static final int LONGEST_CODE = 3;
    private static final int LONGEST_SUBTAG = 8;

    @Override
    String violation(CharSequence text) {
        return isLocale(text) ? null : "not a locale: " + PlainText.quoted(text);
    }

    private static boolean isLocale(CharSequence text) {
        int at = 0;
        while (at < text.length() && Ascii.isLetter(text.charAt(at))) {
            at++;
        }
        if (at < 2 || at > LONGEST_CODE) {
            return false;
        }
        while (at < text.length()) {
            if (text.charAt(at) != '-' && text.charAt(at) != '_') {
                return false;
            }
            int start = ++at;
            while (at < text.length() && (Ascii.isLetter(text.charAt(at)) || Ascii.isDigit(text.charAt(at)))) {
                at++;
            }
            if (at == start || at - start > LONGEST_SUBTAG) {
                return false;
            }
        }
        return true;
    }
}
