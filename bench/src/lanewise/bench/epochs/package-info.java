/** Epochs of the reference network by whoever can learn, in turns, from the same start. */
package lanewise.bench.epochs;
