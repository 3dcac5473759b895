/**
 * The network, its training and its evaluation: {@link lanewise.nn.Mlp} predicts, {@link
 * lanewise.nn.Trainer} trains it on {@link lanewise.nn.Samples}, and a {@link
 * lanewise.nn.TrainingListener} observes training and may stop it.
 *
 * <p>Unless stated otherwise, arrays are row-major and a null argument throws {@link
 * NullPointerException}.
 *
 * <p>This package depends only on the JDK and on the kernels, the threads, the random numbers and
 * the SHA-256 of this project. It must not know file formats or the terminal.
 */
package lanewise.nn;
