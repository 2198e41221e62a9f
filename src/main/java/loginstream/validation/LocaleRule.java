package loginstream.validation;

import java.util.regex.Pattern;
import loginstream.login.PlainText;

/** A language or country code of two or three letters, then perhaps subtags of up to eight letters and digits (BCP 47). */
final class LocaleRule implements StringRule {
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(?:[-_][0-9A-Za-z]{1,8})*+");

    @Override
    public String violation(String text) {
        return LOCALE.matcher(text).matches() ? null : "not a locale: " + PlainText.quoted(text);
    }
}
