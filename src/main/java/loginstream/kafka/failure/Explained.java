package loginstream.kafka.failure;

/** An exception whose message is for people: the name of its class tells them nothing more. */
public interface Explained {}
