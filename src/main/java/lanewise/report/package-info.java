/**
 * The page of a training run: one HTML file with charts, settings and mistakes, which makes no
 * network requests. It shows what a run has recorded; it must not know training or the command
 * line.
 */
package lanewise.report;
