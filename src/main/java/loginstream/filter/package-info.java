/** What is wanted. Logins come in; those that do not match the predicate leave the batch, counted as filtered. */
package loginstream.filter;
