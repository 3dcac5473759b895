package lanewise.bench.epochs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.io.LittleEndian;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;

/**
 * The common starting point of all rivals, as files that any language can read: {@code pixels}
 * (rows,784), unsigned bytes; {@code labels} (rows), bytes; {@code parameters}, little-endian
 * floats: w0 (784,256), b0, w1 (256,128), b1, w2 (128,10), b2.
 *
 * @param pixels grey bytes (rows,784)
 * @param labels the labels (rows), 0 to 9
 * @param parameters in the layout of {@link Mlp#parameters}
 */
public record EpochData(byte[] pixels, byte[] labels, float[] parameters) {
  /** The reference network. */
  public static final int[] SIZES = {784, 256, 128, 10};

  public static final int BATCH = 64;

  /** As in the reference run; a step is {@code W -= RATE / m^2 * X^T (softmax - onehot)}. */
  public static final double LEARNING_RATE = 0.008;

  /** Takes rows of grey bytes from samples, and the reference network's initial weights. */
  public static EpochData of(Samples samples) {
    int rows = samples.rows();
    int width = SIZES[0];
    byte[] pixels = new byte[rows * width];
    byte[] labels = new byte[rows];
    float[] row = new float[width];
    for (int i = 0; i < rows; i++) {
      samples.copyRows(i, i + 1, row, 0);
      for (int j = 0; j < width; j++) {
        pixels[i * width + j] = (byte) Math.round(row[j] * 255);
      }
      labels[i] = (byte) samples.label(i);
    }
    return new EpochData(pixels, labels, Mlp.glorot(42, SIZES).parameters());
  }

  public int rows() {
    return labels.length;
  }

  /** Returns the label of a row. */
  public int label(int row) {
    return labels[row];
  }

  /** Returns the values of the rows (rows,784), grey / 255. */
  public float[] floats() {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return values;
  }

  /** Returns where a layer's weights (in,out) begin in {@link #parameters}; its biases follow. */
  public static int weightsAt(int layer) {
    int at = 0;
    for (int below = 0; below < layer; below++) {
      at += (SIZES[below] + 1) * SIZES[below + 1];
    }
    return at;
  }

  public void write(Path directory) throws IOException {
    Files.write(directory.resolve("pixels"), pixels);
    Files.write(directory.resolve("labels"), labels);
    Files.write(directory.resolve("parameters"), LittleEndian.bytes(parameters));
  }

  public static EpochData read(Path directory) throws IOException {
    return new EpochData(
        Files.readAllBytes(directory.resolve("pixels")),
        Files.readAllBytes(directory.resolve("labels")),
        LittleEndian.floats(Files.readAllBytes(directory.resolve("parameters"))));
  }
}
