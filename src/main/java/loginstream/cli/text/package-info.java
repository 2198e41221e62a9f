/**
 * What the commands print. Dead letters and counts come in; lines leave that fit the terminal and hold nothing that could
 * control it. A command begins with its {@link loginstream.cli.text.Terminal}.
 */
package loginstream.cli.text;
