/** Processed logins into a store beyond Kafka: what every sink has in common. Batches of a sink's route come in; rows leave to a {@link loginstream.storage.LoginStore}. {@link loginstream.storage.Sink} is the door; sinks themselves are in source folders of their own, and only in builds that ask for them. */
package loginstream.storage;
