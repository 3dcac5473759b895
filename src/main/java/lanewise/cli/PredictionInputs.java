package lanewise.cli;

import java.util.function.IntFunction;
import lanewise.data.DataException;

/** Reads rows to predict, as a network takes them. */
interface PredictionInputs {
  /** Rows of one file. */
  final class Rows {
    private final float[] values;
    private final int count;
    private final IntFunction<String> names;

    /**
     * @param values (count, inputs), row-major; kept, not copied
     * @param names names a row, from 0: the image, or the file and its line
     */
    Rows(float[] values, int count, IntFunction<String> names) {
      this.values = values;
      this.count = count;
      this.names = names;
    }

    /** Not a copy. */
    float[] values() {
      return values;
    }

    int count() {
      return count;
    }

    String name(int row) {
      return names.apply(row);
    }
  }

  /**
   * Reads the rows of one file.
   *
   * @throws DataException if it cannot be read, or does not fit the network
   */
  Rows read(String name) throws DataException;
}
