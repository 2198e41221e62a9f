package loginstream.console;

/**
 * An answer that is not what was asked for, as the API sends it.
 *
 * @param status of HTTP
 * @param error why, in one line
 */
record Problem(int status, String error) {}
