package loginstream.validation;

import loginstream.login.LoginMembers.Kind;

/** What must hold for the value of one field. A class, as the JVM calls one of many faster than an interface. */
abstract class Rule {

    /**
     * Looks at a value that is there.
     *
     * @param kind what it is: a string, an integer, or something else
     * @param text its text; null for something else
     * @return what is wrong with it, or null; what it quotes of the value comes after the first colon
     */
    abstract String violation(Kind kind, CharSequence text);
}
