/**
 * What becomes of records that cannot be passed on. Rejected logins come in; the original records with the reason in
 * headers leave. And back: {@link loginstream.deadletter.DeadLetterReader} finds them in their topic, {@link
 * loginstream.deadletter.Redriver} sends them to the input topic again, each once.
 */
package loginstream.deadletter;
