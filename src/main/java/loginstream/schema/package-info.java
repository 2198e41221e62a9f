/**
 * Topics whose records have a schema in a registry: JSON Schema, Avro, Protobuf, in Confluent's wire format. What a route
 * works with is JSON all the same: the input is turned into it where it is read ({@link
 * loginstream.schema.TopicDeserializer}), the results out of it where they are sent ({@link
 * loginstream.schema.TopicSerializer}). Nothing in here is loaded where both topics hold plain JSON.
 */
package loginstream.schema;
