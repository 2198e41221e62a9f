/**
 * Which rights on the cluster each command needs ({@link loginstream.access.AccessRules}), and which of them are missing.
 * Whoever changes what a command does with Kafka changes it here, too; a test takes each right away.
 */
package loginstream.access;
