package loginstream.validation;

/** Text that is not blank, has no control characters and is not too long (counted in Unicode characters). */
final class TextRule extends StringRule {
    private final int maxLength;

    TextRule(int maxLength) {
        this.maxLength = maxLength;
    }

    @Override
    String violation(CharSequence text) {
        if (isBlank(text)) {
            return "blank";
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return "holds a control character";
            }
        }
        if (text.length() > maxLength && Character.codePointCount(text, 0, text.length()) > maxLength) {
            return "longer than " + maxLength + " characters";
        }
        return null;
    }

    private static boolean isBlank(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
