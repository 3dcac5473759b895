/** JMH benchmarks; see bench/README.md. */
package lanewise.bench;
