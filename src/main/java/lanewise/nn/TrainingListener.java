package lanewise.nn;

/**
 * Observes training and may stop it. Both methods are called by the thread that called {@link
 * Trainer#fit}.
 */
@FunctionalInterface
public interface TrainingListener {
  /**
   * Called after each completed epoch. The network has the epoch's final weights: the listener may
   * use it, evaluate other samples through {@link Epoch#evaluate}, save it, change its weights or
   * train it further.
   *
   * @param epoch the epoch that has ended; valid during this call only
   */
  void onEpoch(Epoch epoch);

  /**
   * Called after each batch, before the epoch ends. At this time some weights are stored in arrays
   * of the threads, so the network cannot be used: methods that read its parameters throw {@link
   * IllegalStateException}.
   *
   * @param rows rows of this epoch that have been processed
   * @return false to stop training here; after the last batch of an epoch, that epoch still counts
   *     as completed
   */
  default boolean onBatch(int rows) {
    return true;
  }
}
