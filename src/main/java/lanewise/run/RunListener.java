package lanewise.run;

/**
 * Follows a run, on the thread that called {@link TrainingRun}. Methods are called in the order in
 * which they are declared here, notices and warnings at any time.
 */
public interface RunListener extends DataListener {
  /** Something worth knowing, as one sentence. */
  default void onNotice(String sentence) {}

  /** All settings are valid and the files of the run are open; training begins. */
  default void onBegin(Header header) {}

  /**
   * The clock of an epoch starts.
   *
   * @param epoch from 1, counted over all sessions of the run
   */
  default void onEpochBegin(int epoch) {}

  /**
   * A step of the current epoch is complete.
   *
   * @param rows number of rows trained on in this epoch
   */
  default void onBatch(int rows) {}

  /** All steps of the current epoch are complete; the network is evaluated next. */
  default void onEvaluation() {}

  /** The checkpoint of an epoch is on the disk. */
  default void onCheckpoint(int epoch) {}

  /** An epoch is complete and in the history. */
  default void onEpoch(EpochResult result) {}

  /** All epochs are complete; the test rows are evaluated next. */
  default void onTest() {}

  /**
   * A run about to train.
   *
   * @param settings of the run
   * @param network layer sizes as text, such as 784-256-128-10
   * @param parameters number of parameters of the network
   * @param flopPerRow floating-point operations of a training step, per row
   * @param resumedAfter the last epoch trained in earlier sessions, 0 for none
   * @param recorded the number of epochs already in the history
   */
  record Header(
      Settings settings,
      String network,
      int parameters,
      long flopPerRow,
      int resumedAfter,
      int recorded) {}
}
