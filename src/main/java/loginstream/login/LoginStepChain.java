package loginstream.login;

/** A step and then another, for logins that are still on their way. */
record LoginStepChain(LoginStep first, LoginStep next) implements LoginStep {

    @Override
    public void apply(Login login) throws Exception {
        first.apply(login);
        if (login.isOpen()) {
            next.apply(login);
        }
    }

    @Override
    public LoginStep forBatch() {
        return new LoginStepChain(first.forBatch(), next.forBatch());
    }
}
