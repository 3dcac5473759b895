package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/** Shorthand for tests: trainers of the reference arithmetic, evaluations by any kernels. */
public final class TestTraining {
  private TestTraining() {}

  /** A trainer that takes the mean twice, as the reference run does. */
  public static Trainer trainer(
      Mlp net, int batchSize, double learningRate, Engine engine, int threads) {
    return Trainer.builder(net)
        .batchSize(batchSize)
        .learningRate(learningRate)
        .mean(Trainer.Mean.TWICE)
        .engine(engine)
        .threads(threads)
        .build();
  }

  /** The same with the best engine and one thread, trained for some epochs. */
  public static void train(
      Mlp net, Samples samples, int batchSize, double learningRate, int epochs) {
    trainer(net, batchSize, learningRate, Engine.AUTO, 1).fit(samples, epochs);
  }

  /** Class probabilities (rows, outputs) by any kernels. */
  static float[] predict(Mlp net, Kernels kernels, float[] x, int rows) {
    float[] probabilities = new float[rows * net.outputs()];
    net.predictor().predict(kernels, x, rows, probabilities);
    return probabilities;
  }

  static Evaluation evaluate(Mlp net, Samples samples, Kernels kernels, int threads) {
    try (Workers workers = new Workers(threads);
        ListRoom room = new ListRoom()) {
      return new Evaluator(kernels, workers, room).evaluate(net, samples);
    }
  }

  /**
   * A made-up evaluation.
   *
   * @param confusion [true class][predicted class]
   */
  public static Evaluation evaluation(double loss, int[][] confusion) {
    int rows = 0;
    for (int[] counts : confusion) {
      for (int count : counts) {
        rows += count;
      }
    }
    int[] predicted = new int[rows];
    int row = 0;
    for (int[] counts : confusion) {
      for (int label = 0; label < counts.length; label++) {
        for (int i = 0; i < counts[label]; i++) {
          predicted[row++] = label;
        }
      }
    }
    return new Evaluation(loss, confusion, predicted, new float[rows], new float[rows]);
  }
}
