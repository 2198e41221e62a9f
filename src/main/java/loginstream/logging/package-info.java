/**
 * How log lines look: as text by slf4j-simple, or as JSON for a central store by Logback. Enters: the setting; leaves: which
 * of the two SLF4J takes, and the fields that a line about a record has. {@link loginstream.logging.LogFormat} is chosen
 * before anything has a logger.
 */
package loginstream.logging;
