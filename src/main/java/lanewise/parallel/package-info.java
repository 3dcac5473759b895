/**
 * Threads that run one job side by side, and the barrier at which they meet. The only package that
 * starts threads for computation; it knows nothing of matrices, networks or files.
 */
package lanewise.parallel;
