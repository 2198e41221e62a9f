package loginstream.validation;

import loginstream.login.LoginMembers.Kind;

/** A rule for values that have to be strings. */
interface StringRule extends Rule {

    /** What is wrong with the text, or null. */
    String violation(CharSequence text);

    @Override
    default String violation(Kind kind, CharSequence text) {
        return kind == Kind.STRING ? violation(text) : "not a string";
    }
}
