package loginstream.delivery.settlement;

/**
 * A record that the brokers refused for what it is.
 *
 * @param asDeadLetter whether it was the login's dead letter
 */
record RefusedSend(Exception reason, boolean asDeadLetter) {}
