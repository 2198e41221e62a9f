package loginstream.login;

/**
 * What a step throws where it can do nothing for any login, as something that it needs is away: the batch comes again when
 * that is back, and no route decides about its logins meanwhile.
 */
public interface ConcernsNoLogin {}
