/**
 * One training run: what was asked for, the directory it owns, the files it writes there, its
 * checkpoints, and how it is resumed.
 *
 * <p>{@link lanewise.run.TrainingRun} starts and resumes runs; a {@link lanewise.run.RunListener}
 * follows them. This package knows neither terminals nor command-line options, and not the page
 * that {@code lanewise.report} makes from the files of a run.
 */
package lanewise.run;
