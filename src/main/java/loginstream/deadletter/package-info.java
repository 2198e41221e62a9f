/**
 * Records that cannot be passed on, written. Rejected logins come in; the original records with the reason in headers
 * leave, to a topic of their own. The door is {@link loginstream.deadletter.DeadLetters}, a step of the route. What reads
 * that topic is in {@code store}, what sends from it again in {@code redrive}.
 */
package loginstream.deadletter;
