package loginstream.steps;

import loginstream.login.Login;

/** What is done about logins that have failed and that no route has taken care of. */
public interface FailedLogins {

    /** A rejected login whose dead letter no route has sent. */
    void sendDeadLetter(Login login);

    /** A login that had been sent to the output when a later step failed. */
    void passedOn(Login login, Exception failure);
}
