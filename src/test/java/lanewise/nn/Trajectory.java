package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The figures of a training run in NumPy, in float64.
 *
 * @param losses after each epoch, summed over the training rows
 * @param accuracies after each epoch, on the training rows
 */
record Trajectory(String name, double[] losses, double[] accuracies, double testAccuracy) {
  /** Reads a file of {@code epoch,loss,accuracy}: a header, the epochs, the test accuracy. */
  static Trajectory read(String file) throws IOException {
    List<String> lines;
    try (InputStream in = Trajectory.class.getResourceAsStream(file)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    int epochs = lines.size() - 2;
    double[] losses = new double[epochs];
    double[] accuracies = new double[epochs];
    for (int epoch = 1; epoch <= epochs; epoch++) {
      String[] figures = lines.get(epoch).split(",");
      assertEquals(epoch, Integer.parseInt(figures[0]), file);
      losses[epoch - 1] = Double.parseDouble(figures[1]);
      accuracies[epoch - 1] = Double.parseDouble(figures[2]);
    }
    double testAccuracy = Double.parseDouble(lines.get(epochs + 1).split(",")[1]);
    return new Trajectory(file, losses, accuracies, testAccuracy);
  }

  int epochs() {
    return losses.length;
  }

  /**
   * Trains along the epochs.
   *
   * @param relative tolerance of losses
   * @param share of rows, by which accuracies may differ
   * @return the evaluation of the test set
   */
  Evaluation follow(Trainer trainer, Samples train, Samples test, double relative, double share) {
    trainer.fit(
        train,
        epochs(),
        epoch -> {
          int at = epoch.number() - 1;
          String where = name + ", epoch " + epoch.number();
          assertEquals(losses[at], epoch.loss(), relative * losses[at], where);
          assertEquals(accuracies[at], epoch.accuracy(), share, where);
        });
    Evaluation evaluation = trainer.evaluate(test);
    assertEquals(testAccuracy, evaluation.accuracy(), 1.001 * share, name + ", test accuracy");
    return evaluation;
  }
}
