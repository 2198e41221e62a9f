/** Routes in a Camel context of their own, from which nothing reaches beyond the process; and what is wrong with routes. */
package loginstream.route.stage;
