package lanewise.cli;

import java.nio.file.Path;
import java.util.Arrays;
import lanewise.data.DataException;
import lanewise.io.Text;
import lanewise.model.Model;
import lanewise.table.Target;

/** Predicts the rows of files with a network. */
final class Prediction {
  private final Model model;
  private final Path modelFile;
  private final PredictionInputs inputs;

  /** Receives the prediction for each row. */
  @FunctionalInterface
  interface Listener {
    /**
     * Receives a prediction.
     *
     * @param row the name of the image, or the name and line of the CSV file
     * @param outputs the probability of each class, or the value in its column's units; all finite
     */
    void onPrediction(String row, float[] outputs);
  }

  /**
   * @param modelFile for messages
   */
  Prediction(Model model, Path modelFile, PredictionInputs inputs) {
    this.model = model;
    this.modelFile = modelFile;
    this.inputs = inputs;
  }

  /**
   * Predicts the rows of one file.
   *
   * @throws DataException if it cannot be read, or does not fit the network
   */
  void predict(String name, Listener listener) throws DataException {
    PredictionInputs.Rows rows = inputs.read(name);
    int width = model.net().outputs();
    float[] all = new float[Math.multiplyExact(rows.count(), width)];
    model.net().predict(rows.values(), rows.count(), all);
    unscale(all);
    int first = -1;
    int count = 0;
    for (int row = 0; row < rows.count(); row++) {
      float[] outputs = Arrays.copyOfRange(all, row * width, (row + 1) * width);
      if (isFinite(outputs)) {
        listener.onPrediction(rows.name(row), outputs);
      } else {
        first = count == 0 ? row : first;
        count++;
      }
    }
    if (count > 0) {
      String message =
          "%s: the output of the network in %s is not finite"
              .formatted(rows.name(first), modelFile);
      String others = count == 1 ? "" : ", here and in " + Text.count(count - 1L, "other row");
      throw new DataException(message + others);
    }
  }

  private void unscale(float[] outputs) {
    if (model.info().encoding().isPresent()
        && model.info().encoding().get().target() instanceof Target.Value target) {
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = target.unscale(outputs[i]);
      }
    }
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
