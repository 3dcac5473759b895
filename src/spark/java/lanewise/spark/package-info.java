/**
 * Lanewise on Apache Spark: an estimator and its model for Spark ML's pipelines, and programs that
 * score files and make sweeps. A jar of its own; the rest of Lanewise does not know of it.
 *
 * <p>One task trains a network, with all of the task's cores; any number of tasks score rows with
 * it. Both give the same bits as {@link lanewise.nn.Trainer} and {@link lanewise.nn.Mlp} on one
 * machine.
 */
package lanewise.spark;
