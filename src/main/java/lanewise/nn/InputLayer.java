package lanewise.nn;

import lanewise.kernel.Step;
import lanewise.parallel.Barrier;

/**
 * The first layer of a training step. Its inputs are the samples, which may be mostly zeros, and it
 * usually has most of the network's weights; so it divides its work among threads in one of three
 * ways, all with bit-identical results.
 *
 * <p>Every thread of an epoch calls every method, with its own index. {@code from} is the batch's
 * first row in the samples, {@code m} its number of rows.
 */
sealed interface InputLayer permits DenseInput, ListedInput, ColumnInput {
  /** Called before the epoch's first batch. */
  default void begin(int thread) {}

  /** Called when the epoch has ended or failed; copies all weights back into the network. */
  default void end(int thread) {}

  /**
   * Does this thread's share of the preparation of a batch; called before the barrier that comes
   * before the batch's {@link #forward}, while the batch before it may still be in use.
   */
  default void prepare(int thread, int from, int m) {}

  /** Computes the outputs; on return, those of this thread's rows are complete. */
  void forward(int thread, int from, int m, Barrier barrier);

  /** Whether {@link #update} computes this layer's deltas, so that the training step does not. */
  default boolean computesDeltas() {
    return false;
  }

  /**
   * Updates this thread's share of weights and biases, with all deltas known.
   *
   * @param step of the network's parameters, with the factors of this thread
   */
  void update(int thread, int from, int m, Step step);

  /** Waits until the next batch's {@link #forward} will read only updated weights. */
  default void endStep(Barrier barrier) {
    barrier.await();
  }
}
