package lanewise.cli;

import java.nio.file.Path;
import java.util.Arrays;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.InputRows;
import lanewise.image.GreyImage;
import lanewise.image.ImageDecoder;
import lanewise.image.Preprocessing;
import lanewise.model.Model;

/** Classifies image and CSV files with a network. */
final class Prediction {
  /** Values of a preprocessed image. */
  private static final int IMAGE_VALUES = Preprocessing.SIDE * Preprocessing.SIDE;

  private final Model model;
  private final Path modelFile;

  /** Receives the prediction for each row. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param row the name of the image, or the name and line of the CSV file
     * @param probabilities of each class
     */
    void onPrediction(String row, float[] probabilities);
  }

  /**
   * @param modelFile for messages
   */
  Prediction(Model model, Path modelFile) {
    this.model = model;
    this.modelFile = modelFile;
  }

  /**
   * Classifies the rows of one file.
   *
   * @throws DataException if it cannot be read, or does not fit the network
   */
  void predict(String name, Listener listener) throws DataException {
    if (ImageNames.isCsv(name)) {
      InputRows rows = DataSource.inputs(ImageNames.path(name), model.net().inputs());
      predict(rows.pixels(), rows.rows(), row -> name + ":" + rows.line(row), listener);
    } else {
      predict(image(name), 1, row -> name, listener);
    }
  }

  private byte[] image(String name) throws DataException {
    int inputs = model.net().inputs();
    if (inputs != IMAGE_VALUES) {
      throw new DataException(
          "%s: images have %d values, but the network in %s expects %d: use a .csv file"
              .formatted(name, IMAGE_VALUES, modelFile, inputs));
    }
    GreyImage image =
        name.equals(ImageNames.STANDARD_INPUT)
            ? ImageDecoder.read(StandardInput.open(), "standard input")
            : ImageDecoder.read(ImageNames.path(name));
    return Preprocessing.toMnist(image)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: blank: no pixel differs from the background by %d or more grey levels"
                        .formatted(name, Preprocessing.MIN_CONTRAST)));
  }

  /** Names a row, from 0. */
  @FunctionalInterface
  private interface Names {
    String of(int row);
  }

  private void predict(byte[] pixels, int rows, Names names, Listener listener)
      throws DataException {
    float divisor = model.info().inputDivisor();
    float[] x = new float[pixels.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (pixels[i] & 255) / divisor;
    }
    int classes = model.net().outputs();
    float[] p = new float[Math.multiplyExact(rows, classes)];
    model.net().predict(x, rows, p);
    DataException problem = null;
    for (int row = 0; row < rows; row++) {
      float[] probabilities = Arrays.copyOfRange(p, row * classes, (row + 1) * classes);
      if (isFinite(probabilities)) {
        listener.onPrediction(names.of(row), probabilities);
      } else if (problem == null) {
        problem =
            new DataException(
                "%s: the output of the network in %s is not finite"
                    .formatted(names.of(row), modelFile));
      }
    }
    if (problem != null) {
      throw problem;
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
