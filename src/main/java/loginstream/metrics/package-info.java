/** What is counted. Committed batches come in; meters and a summary line leave. */
package loginstream.metrics;
