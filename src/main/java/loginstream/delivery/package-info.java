/** The Kafka clients under Camel's component. Batches of polled records leave towards the route; results come back and become durable together with the offsets they come from. */
package loginstream.delivery;
