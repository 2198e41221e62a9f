/** Made-up logins for trying things out. A seed comes in; records for the input topic leave. */
package loginstream.generator;
