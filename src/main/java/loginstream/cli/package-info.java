/**
 * The commands. Arguments come in; what leaves is output for people or programs, and an exit code. The door is {@link
 * loginstream.cli.LoginstreamCommand}.
 */
package loginstream.cli;
