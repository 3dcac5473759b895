/** Time to accuracy on MNIST, from the start of a process to its exit. */
package lanewise.bench.accuracy;
