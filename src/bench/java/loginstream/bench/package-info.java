/**
 * The benchmark: what is measured, and how. Takes a command line, starts a broker and the contenders, each in a process
 * of its own, and hands what they measured to {@link loginstream.bench.report}. Never part of a normal build.
 */
package loginstream.bench;
