/** What is added to a good login. Valid logins come in; the same leave with members to add, replace or remove. */
package loginstream.enrichment;
