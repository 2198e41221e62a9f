package loginstream.login;

import org.apache.camel.Exchange;

/** What few logins have: those that ordinary steps see, above all. */
final class LoginInSteps {
    /** Its members as they see and change them; null until one asks. */
    LoginMap map;
    /** The exchange in which they see it, or null as long as none has. */
    Exchange exchange;

    /** Of its results, in the place of the input's. */
    byte[] key;

    boolean keyReplaced;

    /** What a step has thrown last that concerns no login, until it gets through. */
    RuntimeException unserved;

    LoginSends sends = new LoginSends();

    void forgetSends() {
        sends = new LoginSends();
    }
}
