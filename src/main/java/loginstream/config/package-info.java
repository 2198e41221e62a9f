/** The settings. Text from the properties file, the environment and system properties comes in; validated records leave, or one line that says what cannot be used. */
package loginstream.config;
