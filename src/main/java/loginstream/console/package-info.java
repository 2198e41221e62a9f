/** The web console: a page and the small API behind it, on a port of its own. Metrics, dead letters and the running routes come in; what an operator wants done leaves. {@link loginstream.console.Console} is the door. */
package loginstream.console;
