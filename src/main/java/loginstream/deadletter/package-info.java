/** What becomes of records that cannot be passed on. Rejected logins come in; the original records with the reason in headers leave. */
package loginstream.deadletter;
