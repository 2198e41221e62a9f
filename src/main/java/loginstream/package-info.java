/** The application: the command line comes in through {@link loginstream.cli.Loginstream}, {@link loginstream.Wiring} makes every bean, {@link loginstream.Application} runs the routes. */
package loginstream;
