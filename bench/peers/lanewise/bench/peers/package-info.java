/** Comparisons of the engine with other libraries; see bench/README.md. */
package lanewise.bench.peers;
