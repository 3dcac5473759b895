package lanewise.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import lanewise.io.Text;
import lanewise.table.Target;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Packs a partition of rows, each a label and a vector, into {@link Piece}s: a few hundred
 * kilobytes at a time, whatever the partition's size.
 */
final class Pieces implements Iterator<Tuple2<Long, Piece>> {
  /** Floats in a block. */
  private static final int BLOCK = 1 << 16;

  private final int partition;
  private final Iterator<Row> rows;
  private long count;
  private long blocks;
  private int width;
  private int maxLabel;
  private String refusal;
  private boolean ended;

  /**
   * @param partition its number in the data set
   * @param rows of a double and a vector
   */
  Pieces(int partition, Iterator<Row> rows) {
    this.partition = partition;
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return !ended && (count > 0 || rows.hasNext());
  }

  @Override
  public Tuple2<Long, Piece> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (refusal == null && rows.hasNext()) {
      Piece block = block();
      if (refusal == null) {
        return new Tuple2<>(Piece.blockKey(partition, blocks++), block);
      }
    }
    ended = true;
    Piece end =
        refusal == null ? new Piece.Count(count, width, maxLabel) : new Piece.Refusal(refusal);
    return new Tuple2<>(Piece.endKey(partition), end);
  }

  /** The next block; a refusal if there is a row that is none to train on. */
  private Piece block() {
    float[] values = null;
    int[] labels = null;
    int filled = 0;
    while (rows.hasNext() && (values == null || filled < labels.length)) {
      Row row = rows.next();
      if (!(row.get(1) instanceof Vector features) || features.size() == 0) {
        return refuse("no features, expected a vector of at least one");
      }
      if (count == 0) {
        width = features.size();
      } else if (features.size() != width) {
        return refuse(
            "a vector of %d features, expected %d as in other rows"
                .formatted(features.size(), width));
      }
      if (values == null) {
        labels = new int[Math.max(1, BLOCK / width)];
        values = new float[labels.length * width];
      }
      FeatureRows.copy(features, values, filled * width);
      if (!areFinite(values, filled * width, width) || !isClass(row)) {
        return refuse(values, filled * width, features, row);
      }
      labels[filled] = (int) row.getDouble(0);
      maxLabel = Math.max(maxLabel, labels[filled]);
      filled++;
      count++;
    }
    return new Piece.Block(Arrays.copyOf(values, filled * width), Arrays.copyOf(labels, filled));
  }

  private static boolean areFinite(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isClass(Row row) {
    if (row.isNullAt(0)) {
      return false;
    }
    double label = row.getDouble(0);
    return label >= 0 && label < Target.Classes.MAX_VALUES && label == Math.rint(label);
  }

  private Piece refuse(float[] values, int from, Vector features, Row row) {
    for (int i = 0; i < width; i++) {
      if (!Float.isFinite(values[from + i])) {
        return refuse(
            "feature %d is %s, expected a finite float32 (Imputer fills in what is missing)"
                .formatted(i, features.apply(i)));
      }
    }
    return refuse(
        "the label %s, expected a whole number from 0 to %d (StringIndexer makes them of text)"
            .formatted(row.get(0), Target.Classes.MAX_VALUES - 1));
  }

  private Piece refuse(String problem) {
    refusal = "row %d of partition %d: %s".formatted(count + 1, partition, Text.printable(problem));
    count++; // The end is still to be told, also of a first row.
    return new Piece.Refusal(refusal);
  }
}
