/**
 * What all Kafka clients here have in common: their options, logins and secrets among them, and limits of the topics they
 * write to. Settings come in; properties, clients and answers leave. Its door is {@link loginstream.kafka.ClientProperties};
 * what errors mean is in {@link loginstream.kafka.failure}.
 */
package loginstream.kafka;
