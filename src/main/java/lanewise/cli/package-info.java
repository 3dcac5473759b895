/**
 * The command line: options, text and the terminal. What a training run is lives in {@code
 * lanewise.run}, the page in {@code lanewise.report}; nothing depends on this package.
 */
package lanewise.cli;
