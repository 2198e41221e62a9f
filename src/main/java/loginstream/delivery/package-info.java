/**
 * The Kafka clients that Camel's component sees. Polled records leave towards the route as one batch; how its way has
 * ended comes back and goes on to {@link loginstream.delivery.settlement.Settlement}. Its door is {@link
 * loginstream.delivery.LoginClientFactory}.
 */
package loginstream.delivery;
