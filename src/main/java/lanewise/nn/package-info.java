/**
 * The network, its training and its evaluation: {@link lanewise.nn.Mlp} predicts, {@link
 * lanewise.nn.Trainer} trains it on {@link lanewise.nn.Samples}, a {@link
 * lanewise.nn.TrainingListener} follows and may stop the training.
 *
 * <p>This package needs nothing but the JDK. It knows no file format, no terminal and no other
 * package of the project but the kernels, the threads and the checksum.
 */
package lanewise.nn;
