/**
 * What Kafka's errors mean and how they are told: whose fault they are ({@link loginstream.kafka.failure.Refusal}, {@link
 * loginstream.kafka.failure.AccessRefusal}), why in one line, how often, and how long to wait. Knows nothing of the rest.
 */
package loginstream.kafka.failure;
