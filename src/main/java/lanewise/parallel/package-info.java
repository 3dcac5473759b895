/**
 * Threads that run one job concurrently, and their barrier. The only package that starts threads
 * for computation; it must not know matrices, networks or files.
 */
package lanewise.parallel;
