package loginstream.validation;

import loginstream.login.LoginMembers.Kind;

/** A rule for values that have to be strings. */
abstract class StringRule extends Rule {

    /** What is wrong with the text, or null. */
    abstract String violation(CharSequence text);

    @Override
    final String violation(Kind kind, CharSequence text) {
        return kind == Kind.STRING ? violation(text) : "not a string";
    }
}
