/**
 * The command line: commands and their options, what they print, and the terminal. Every command
 * turns its options into a call of another package and that call's result, or error, into text and
 * an exit status. No other package of the product may depend on this one, and nothing that a
 * program without a terminal could want belongs here but {@link lanewise.cli.SweepOptions}: what
 * options mean, for programs that make the runs of a sweep on other machines. Those have their
 * command lines by {@link lanewise.cli.Programs}.
 */
package lanewise.cli;
