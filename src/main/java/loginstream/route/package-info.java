/** The way of a record, in Java; and the YAML form of it with live reload. Batches come in from the consumer; they leave to the output and dead-letter topics. */
package loginstream.route;
