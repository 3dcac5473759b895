/** Epochs of the reference network by this project and its peers, in turns, from the same start. */
package lanewise.bench.epochs;
