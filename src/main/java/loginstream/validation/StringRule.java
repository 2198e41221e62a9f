package loginstream.validation;

import loginstream.login.LoginMembers.Kind;

/** A rule for values that have to be strings. */
interface StringRule extends Rule {

    /** What is wrong with the text, or null. */
    String violation(String text);

    @Override
    default String violation(Kind kind, String text) {
        return kind == Kind.STRING ? violation(text) : "not a string";
    }
}
