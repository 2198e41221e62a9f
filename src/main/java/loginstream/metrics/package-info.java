/** What is counted. Committed batches come in; meters and a summary line leave. {@link loginstream.metrics.LoginMetrics} is the door. */
package loginstream.metrics;
