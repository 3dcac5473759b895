/** The engine next to OpenBLAS and MKL; see bench/README.md. */
package lanewise.bench.peers;
