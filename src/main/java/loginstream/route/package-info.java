/** The way of a record, in Java. Batches come in from the consumer; they leave to the output and dead-letter topics. */
package loginstream.route;
