/**
 * Those who do the work, and the process they do it in. An {@link loginstream.bench.contender.Assignment} comes in on
 * the command line, one line of JSON with a {@link loginstream.bench.contender.RunResult} goes out.
 */
package loginstream.bench.contender;
