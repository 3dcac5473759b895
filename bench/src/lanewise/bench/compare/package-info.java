/** The one command that measures everything and writes it down: bench/compare. */
package lanewise.bench.compare;
