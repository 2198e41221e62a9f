/** The rules for each field. Parsed logins come in; those that break rules leave the batch with every violation. */
package loginstream.validation;
