package lanewise.cli;

import java.nio.file.Path;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.InputRows;
import lanewise.image.GreyImage;
import lanewise.image.ImageDecoder;
import lanewise.image.Preprocessing;
import lanewise.model.Model;

/** Reads images, and CSV files of grey values, to predict. */
final class GreyInputs implements PredictionInputs {
  /** Values of a preprocessed image. */
  private static final int IMAGE_VALUES = Preprocessing.SIDE * Preprocessing.SIDE;

  private final Model model;
  private final Path modelFile;

  /**
   * @param modelFile for messages
   */
  GreyInputs(Model model, Path modelFile) {
    this.model = model;
    this.modelFile = modelFile;
  }

  @Override
  public Rows read(String name) throws DataException {
    if (ImageNames.isCsv(name)) {
      InputRows rows = DataSource.inputs(ImageNames.path(name), model.net().inputs());
      return new Rows(scaled(rows.pixels()), rows.rows(), row -> name + ":" + rows.line(row));
    }
    return new Rows(scaled(image(name)), 1, row -> name);
  }

  private float[] scaled(byte[] pixels) {
    float divisor = model.info().inputDivisor();
    float[] x = new float[pixels.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (pixels[i] & 255) / divisor;
    }
    return x;
  }

  private byte[] image(String name) throws DataException {
    int inputs = model.net().inputs();
    if (inputs != IMAGE_VALUES) {
      throw new DataException(
          "%s: images have %d values, but the network in %s expects %d: use a .csv file"
              .formatted(name, IMAGE_VALUES, modelFile, inputs));
    }
    boolean piped = name.equals(ImageNames.STANDARD_INPUT);
    String source = piped ? "standard input" : name;
    GreyImage image =
        piped
            ? ImageDecoder.read(StandardInput.open(), source)
            : ImageDecoder.read(ImageNames.path(name));
    return Preprocessing.toMnist(image)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: blank: no pixel differs from the background by %d or more grey levels"
                        .formatted(source, Preprocessing.MIN_CONTRAST)));
  }
}
