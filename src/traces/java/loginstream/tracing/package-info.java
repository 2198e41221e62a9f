/**
 * Traces by OpenTelemetry: a span for each batch, with links to the contexts that its logins came with. Enters: what Camel
 * and the steps tell; leaves: spans, over OTLP. The door is {@link loginstream.Traces}, behind which the main code finds
 * {@link loginstream.tracing.OtlpTraces} as a service.
 */
package loginstream.tracing;
