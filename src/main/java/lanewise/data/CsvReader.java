package lanewise.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import lanewise.io.Text;

/**
 * Reads CSV: an optional header line, then one row per line: a label and the pixels, integers from
 * 0 to 255. The first row decides the number of pixels. Blank lines are skipped. A header has names
 * and no values, as many as the rows have cells; it may not name another column than the first as
 * that of the labels, since pixels would be taken for labels and labels for pixels.
 */
final class CsvReader {
  /** Approximate size of the pieces that collect the pixels: small compared to a G1 region. */
  private static final int PIECE_BYTES = 1 << 18;

  /** What programs call the column of the labels. */
  private static final Pattern LABEL =
      Pattern.compile("labels?|class|target", Pattern.CASE_INSENSITIVE);

  private final Path file;
  private final Rows.Limits limits;

  /** Columns before the pixels, 0 or 1; -1 until the first row decides. */
  private int labelColumns = 1;

  private final List<byte[]> pieces = new ArrayList<>();
  private int[] lines = new int[1024];
  private byte[] piece;
  private int filled;
  private int[] labels = new int[1024];
  private int rows;
  private int width;
  private int headerCells;
  private int headerLine;
  private boolean labelNamed;
  private int line;

  private CsvReader(Path file, Rows.Limits limits) {
    this.file = file;
    this.limits = limits;
    this.width = limits.width();
  }

  /**
   * Reads labelled rows.
   *
   * @param limits what the rows must match
   */
  static Rows read(Path file, Rows.Limits limits) throws DataException {
    CsvReader reader = new CsvReader(file, limits);
    reader.read();
    return reader.rows();
  }

  /**
   * Reads rows to classify: {@code width} pixels, or a label and {@code width} pixels, per line;
   * the labels are checked and dropped. The first row decides which.
   */
  static InputRows readInputs(Path file, int width) throws DataException {
    CsvReader reader =
        new CsvReader(file, new Rows.Limits(width, 0, Rows.Limits.NONE.classes(), "the network"));
    reader.labelColumns = -1;
    reader.read();
    return new InputRows(reader.rows().pixels(), width, Arrays.copyOf(reader.lines, reader.rows));
  }

  private void read() throws DataException {
    CsvFile.read(file, this::add);
    if (rows == 0) {
      throw new DataException(file + ": no rows, expected at least one");
    }
  }

  private void add(int firstLine, int lastLine, String[] cells) throws DataException {
    line = lastLine;
    if (rows == 0 && headerCells == 0 && CsvHeader.isHeader(cells)) {
      headerCells = cells.length;
      headerLine = line;
      checkLabelColumn(cells);
    } else {
      checkHeader(cells.length);
      add(cells);
    }
  }

  private void checkLabelColumn(String[] header) throws DataException {
    for (int i = 0; i < header.length; i++) {
      if (LABEL.matcher(header[i].strip()).matches()) {
        if (i == 0) {
          labelNamed = true;
          return;
        }
        throw bad(
            "column %d is named %s, expected the label in the first column"
                .formatted(i + 1, Text.quote(header[i])));
      }
    }
  }

  private void checkHeader(int cells) throws DataException {
    if (rows == 0 && headerCells != 0 && cells != headerCells) {
      throw bad(
          "%s, but the header in line %d has %d"
              .formatted(Text.count(cells, "cell"), headerLine, headerCells));
    }
  }

  private void add(String[] cells) throws DataException {
    if (labelColumns < 0) {
      labelColumns = findLabelColumns(cells.length);
    }
    int count = cells.length - labelColumns;
    if (count == 0) {
      throw bad("only one cell, expected a label and pixels");
    }
    if (width == 0) {
      width = count;
    } else if (count != width) {
      throw bad(
          "%s, expected %d as in %s".formatted(Text.count(count, "pixel"), width, limits.source()));
    }
    if ((rows + 1L) * width > Rows.MAX_BYTES) {
      throw bad("more than %d pixels in total, the maximum".formatted(Rows.MAX_BYTES));
    }
    if (rows == labels.length) {
      labels = Arrays.copyOf(labels, 2 * rows);
      lines = Arrays.copyOf(lines, 2 * rows);
    }
    lines[rows] = line;
    if (labelColumns == 1) {
      addLabel(cells[0]);
    }
    addPixels(cells);
    rows++;
  }

  private int findLabelColumns(int cells) throws DataException {
    if (cells != limits.width() && cells != limits.width() + 1) {
      throw bad(
          "%s, expected %s, or a label and %s, as in %s"
              .formatted(
                  Text.count(cells, "cell"),
                  Text.count(limits.width(), "pixel"),
                  Text.count(limits.width(), "pixel"),
                  limits.source()));
    }
    if (labelNamed && cells == limits.width()) {
      throw bad(
          "%s after the label that line %d names, expected %d as in %s"
              .formatted(
                  Text.count(cells - 1, "pixel"), headerLine, limits.width(), limits.source()));
    }
    return cells - limits.width();
  }

  private void addLabel(String cell) throws DataException {
    int label = value(cell);
    if (label < 0) {
      throw bad("label %s, expected an integer from 0 to 255".formatted(Text.quote(cell)));
    }
    if (label >= limits.classes()) {
      throw limits.labelTooLarge("%s, line %d".formatted(file, line), label);
    }
    labels[rows] = label;
  }

  private void addPixels(String[] cells) throws DataException {
    if (piece == null || filled == piece.length) {
      piece = new byte[width * Math.max(1, PIECE_BYTES / width)];
      filled = 0;
      pieces.add(piece);
    }
    for (int i = labelColumns; i < cells.length; i++) {
      int pixel = value(cells[i]);
      if (pixel < 0) {
        throw new DataException(
            "%s, line %d, column %d: pixel %s, expected an integer from 0 to 255"
                .formatted(file, line, i + 1, Text.quote(cells[i])));
      }
      piece[filled++] = (byte) pixel;
    }
  }

  /**
   * Parses an integer from 0 to 255; returns -1 for anything else. Runs 47 million times on MNIST.
   */
  private static int value(String cell) {
    int length = cell.length();
    if (length == 0) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < length; i++) {
      int digit = cell.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        String stripped = cell.strip();
        return stripped.length() < length ? value(stripped) : -1;
      }
      value = 10 * value + digit;
      if (value > 255) {
        return -1;
      }
    }
    return value;
  }

  private Rows rows() {
    byte[] pixels = new byte[rows * width];
    int offset = 0;
    for (byte[] part : pieces) {
      int count = Math.min(part.length, pixels.length - offset);
      System.arraycopy(part, 0, pixels, offset, count);
      offset += count;
    }
    return new Rows(pixels, width, width, Arrays.copyOf(labels, rows));
  }

  private DataException bad(String problem) {
    return new DataException("%s, line %d: %s".formatted(file, line, problem));
  }
}
