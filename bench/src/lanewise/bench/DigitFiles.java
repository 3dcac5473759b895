package lanewise.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import lanewise.data.digits.BuiltinDigits;
import lanewise.io.Sha256;
import lanewise.nn.Samples;

/** The first of the built-in digits as files under MNIST's names. */
final class DigitFiles {
  static final int TRAIN = 6_000;
  static final int TEST = 1_000;

  private static final int SIDE = BuiltinDigits.SIDE;
  private static final int WIDTH = SIDE * SIDE;
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  private final byte[] pixels = new byte[(TRAIN + TEST) * WIDTH];
  private final int[] labels = new int[TRAIN + TEST];

  DigitFiles() {
    BuiltinDigits.draw(1, 0, TRAIN + TEST, pixels, labels, 0);
  }

  /** All rows, the training rows first. */
  Samples samples() {
    return Samples.ofBytes(pixels, WIDTH, labels);
  }

  /** The hash of {@link lanewise.data.Dataset}: the pixels, then the labels, of each half. */
  String sha256() {
    Sha256 hash = new Sha256();
    for (int[] half : new int[][] {{0, TRAIN}, {TRAIN, TRAIN + TEST}}) {
      int rows = half[1] - half[0];
      hash.add(ByteBuffer.wrap(pixels, half[0] * WIDTH, rows * WIDTH));
      byte[] bytes = new byte[rows];
      for (int row = 0; row < rows; row++) {
        bytes[row] = (byte) labels[half[0] + row];
      }
      hash.add(bytes);
    }
    return hash.hex();
  }

  /**
   * @param form idx or csv, followed by .gz if compressed
   */
  void write(Path directory, String form) throws IOException {
    String end = form.endsWith(".gz") ? ".gz" : "";
    if (form.startsWith("idx")) {
      writeIdx(directory, "train", 0, TRAIN, end);
      writeIdx(directory, "t10k", TRAIN, TEST, end);
    } else {
      writeCsv(directory.resolve("mnist_train.csv" + end), 0, TRAIN);
      writeCsv(directory.resolve("mnist_test.csv" + end), TRAIN, TEST);
    }
  }

  private void writeIdx(Path directory, String part, int from, int rows, String end)
      throws IOException {
    try (DataOutputStream out = open(directory.resolve(part + "-images-idx3-ubyte" + end))) {
      for (int value : new int[] {IMAGES, rows, SIDE, SIDE}) {
        out.writeInt(value);
      }
      out.write(pixels, from * WIDTH, rows * WIDTH);
    }
    try (DataOutputStream out = open(directory.resolve(part + "-labels-idx1-ubyte" + end))) {
      out.writeInt(LABELS);
      out.writeInt(rows);
      for (int row = from; row < from + rows; row++) {
        out.writeByte(labels[row]);
      }
    }
  }

  /** Writes one line per row: the label, then the pixels. */
  void writeCsv(Path file, int from, int rows) throws IOException {
    try (DataOutputStream out = open(file)) {
      StringBuilder line = new StringBuilder();
      for (int row = from; row < from + rows; row++) {
        line.setLength(0);
        line.append(labels[row]);
        for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
          line.append(',').append(pixels[i] & 0xff);
        }
        line.append('\n');
        out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return new DataOutputStream(file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out);
  }
}
