package loginstream.validation;

import java.util.regex.Pattern;
import loginstream.login.PlainText;

/** One to four numbers with dots between them, then perhaps a suffix after a {@code -} or {@code +}. */
final class AppVersionRule implements StringRule {
    private static final Pattern VERSION = Pattern.compile("[0-9]++(?:\\.[0-9]++){0,3}+(?:[-+][0-9A-Za-z.+_-]++)?+");

    @Override
    public String violation(String text) {
        return VERSION.matcher(text).matches() ? null : "not a version: " + PlainText.quoted(text);
    }
}
