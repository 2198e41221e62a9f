/** The commands. Arguments come in; what leaves is output for people and an exit code. */
package loginstream.cli;
