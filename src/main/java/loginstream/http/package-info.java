/** HTTP servers that expect the worst of whoever connects. Options of a server come in; one with limits leaves, whose every answer carries the headers of {@link loginstream.http.SafeAnswers}. {@link loginstream.http.GuardedVertx} is the door. */
package loginstream.http;
