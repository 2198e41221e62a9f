/** Logins into PostgreSQL: a batch of rows comes in, and is there, once, when it leaves. {@link loginstream.storage.postgres.PostgresSink} is the door. */
package loginstream.storage.postgres;
