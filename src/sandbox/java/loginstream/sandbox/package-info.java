/** A real Kafka broker inside the process, for trying things out and for tests. Absent from production builds. */
package loginstream.sandbox;
