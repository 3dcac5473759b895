package lanewise.nn;

import java.util.List;

/** The settings of a {@link Trainer.Builder}. */
record TrainerSettings(
    Mlp net,
    int batchSize,
    double learningRate,
    Trainer.Mean mean,
    Optimizer optimizer,
    Schedule schedule,
    Shuffle shuffle,
    long seed,
    double labelSmoothing,
    List<Double> classWeights,
    List<Double> dropout,
    boolean augment,
    Samples validation,
    int earlyStop,
    double targetAccuracy,
    Engine engine,
    int threads) {

  /**
   * Checks what each setting alone does not say.
   *
   * @throws IllegalArgumentException if two of them do not fit each other
   */
  TrainerSettings {
    if (earlyStop > 0 && validation == null) {
      throw new IllegalArgumentException("to stop early needs validation rows");
    }
    if (net.task() == Task.REGRESS) {
      refuse(labelSmoothing > 0, "label smoothing is");
      refuse(!classWeights.isEmpty(), "class weights are");
      refuse(targetAccuracy <= 1, "a target accuracy is");
    }
  }

  private static void refuse(boolean set, String what) {
    if (set) {
      throw new IllegalArgumentException(
          "%s for classification, not for a regression, which has no classes".formatted(what));
    }
  }
}
