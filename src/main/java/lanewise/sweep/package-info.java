/**
 * Sweeps: many runs that differ in the options of a grid, each the same bits as that run alone.
 *
 * <p>A {@link lanewise.sweep.Grid} has a {@link lanewise.sweep.SweepPoint} for each combination of
 * its values; a {@link lanewise.sweep.PlannedRun} is what a point's options mean, and {@link
 * lanewise.sweep.PlannedRun#run} makes one {@link lanewise.sweep.SweepRow} of it, on this machine
 * or another. A {@link lanewise.sweep.SweepCrew} makes all of them, such as {@link
 * lanewise.sweep.Sweep}, several at a time; {@link lanewise.sweep.SweepResults} keeps the rows, and
 * {@link lanewise.sweep.SweepTable} writes them as CSV. This package knows neither terminals nor
 * the command line's parser.
 */
package lanewise.sweep;
