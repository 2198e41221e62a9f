package loginstream.login;

import org.apache.camel.Exchange;

/** What a login has only where ordinary steps see it. */
final class LoginInSteps {
    /** Its members as they see and change them; null until one asks. */
    LoginMap map;
    /** The exchange in which they see it, or null as long as none has. */
    Exchange exchange;

    LoginSends sends = new LoginSends();

    void forgetSends() {
        sends = new LoginSends();
    }
}
