/**
 * The dead-letter topic, read. A filter comes in; dead letters leave, one by one, counted, or as JSON, each with whether
 * it was sent again already. The door is {@link loginstream.deadletter.store.DeadLetterReader}; who does more than look
 * opens a {@link loginstream.deadletter.store.DeadLetterTopic}.
 */
package loginstream.deadletter.store;
