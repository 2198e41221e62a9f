/**
 * Dead letters, sent again. A request comes in: which, and what to set in them; the records that they were leave, to the
 * input topic, each once. The door is {@link loginstream.deadletter.redrive.Redriver}.
 */
package loginstream.deadletter.redrive;
