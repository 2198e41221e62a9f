/**
 * What all Kafka clients here have in common: their options, limits of the topics they write to, and what their
 * exceptions mean. Settings come in; properties, clients and answers leave. Its door is {@link
 * loginstream.kafka.ClientProperties}.
 */
package loginstream.kafka;
