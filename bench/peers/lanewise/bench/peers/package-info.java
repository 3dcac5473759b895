/** The engine next to others; see bench/README.md. */
package lanewise.bench.peers;
