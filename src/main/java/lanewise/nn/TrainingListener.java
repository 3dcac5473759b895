package lanewise.nn;

/**
 * Follows a training run and may stop it. Both methods are called by the thread that called {@link
 * Trainer#fit}.
 */
@FunctionalInterface
public interface TrainingListener {
  /**
   * Called after each complete epoch. The network has the epoch's final weights: the listener may
   * use it, evaluate other samples through {@link Epoch#evaluate}, save it, or change its weights.
   *
   * @param epoch the epoch that has ended; valid during this call only
   */
  void onEpoch(Epoch epoch);

  /**
   * Called after each batch, in the middle of an epoch. Meanwhile some weights lie in arrays that
   * belong to the threads, so the network refuses to be used: its methods throw {@link
   * IllegalStateException}.
   *
   * @param rows rows of this epoch that have been processed
   * @return false to stop training here; after the last batch of an epoch, that epoch still counts
   *     as complete
   */
  default boolean onBatch(int rows) {
    return true;
  }
}
