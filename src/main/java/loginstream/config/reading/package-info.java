/**
 * How one setting is read. Text comes in; a value leaves, or a line that names the key, the value and what is allowed.
 * Whoever has settings of his own reads them through {@link loginstream.config.reading.SettingValues}.
 */
package loginstream.config.reading;
