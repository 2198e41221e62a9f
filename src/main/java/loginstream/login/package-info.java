/** What travels: a login, the batch it is part of, its JSON. Bytes come in; parsed logins go through the steps, and bytes leave with the additions spliced in. */
package loginstream.login;
