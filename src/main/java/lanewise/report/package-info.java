/**
 * The page of a run or an evaluation: one HTML file with its styles, its scripts and its data.
 *
 * <p>It is generated from the files that {@code lanewise.run} wrote. This package does not know how
 * a run works or what a terminal is.
 */
package lanewise.report;
