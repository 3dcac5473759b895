/** Charts of results as SVG. */
package lanewise.bench.charts;
