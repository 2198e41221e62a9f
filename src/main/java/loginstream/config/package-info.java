/**
 * Where all settings come together. The properties file, the environment and system properties come in; records leave,
 * each of them declared beside what it configures, or a line for everything that cannot be used. The door is {@link
 * loginstream.config.Settings}; it is made at the top and nothing below knows it.
 */
package loginstream.config;
