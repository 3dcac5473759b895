package lanewise.spark;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Spark's vectors as a network's rows of float32. */
final class FeatureRows {
  private FeatureRows() {}

  /**
   * Copies a vector.
   *
   * @param features dense or sparse; a number beyond float32 becomes infinite
   * @param out receives as many floats as the vector has numbers
   * @param offset index in {@code out} of the first, of zeros so far
   */
  static void copy(Vector features, float[] out, int offset) {
    // Spark's own loops box every number.
    switch (features) {
      case DenseVector dense -> {
        double[] values = dense.values();
        for (int i = 0; i < values.length; i++) {
          out[offset + i] = (float) values[i];
        }
      }
      case SparseVector sparse -> {
        int[] indices = sparse.indices();
        double[] values = sparse.values();
        for (int i = 0; i < indices.length; i++) {
          out[offset + indices[i]] = (float) values[i];
        }
      }
      default ->
          throw new IllegalArgumentException(
              "a vector of %s, expected a dense or a sparse one".formatted(features.getClass()));
    }
  }

  /**
   * Checks that a row can be scored.
   *
   * @param value of the features' column
   * @param column for messages
   * @param inputs of the network
   * @throws IllegalArgumentException if it is null or a vector of another size
   */
  static Vector check(Object value, String column, int inputs) {
    if (!(value instanceof Vector features)) {
      throw new IllegalArgumentException(
          "column %s: a row without features, expected a vector of %d".formatted(column, inputs));
    }
    if (features.size() != inputs) {
      throw new IllegalArgumentException(
          "column %s: a vector of %d features, expected %d as in training"
              .formatted(column, features.size(), inputs));
    }
    return features;
  }
}
