/**
 * The page of a training run: one HTML file with its charts, settings and mistakes inside, which
 * makes no network requests. It shows what a run has recorded; it does not train, does not resume
 * and does not know the command line.
 */
package lanewise.report;
