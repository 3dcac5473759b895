/** The command bench/compare, which measures everything and writes the results. */
package lanewise.bench.compare;
