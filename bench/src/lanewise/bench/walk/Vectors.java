package lanewise.bench.walk;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.bench.Width;

/**
 * The steps with vectors but without a register tile. Arguments as in {@link Loops}; k and n are
 * multiples of four vectors, so there are no tails.
 */
final class Vectors {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;
  private static final int L = SPECIES.length();

  private Vectors() {}

  /**
   * Dot products, with vectors along k: partial sums are added up at the end, so the bits differ.
   *
   * @param transposed w transposed (n,k), so that its columns can be loaded as vectors
   */
  static void alongTheSum(
      int m, int n, int k, float[] x, float[] transposed, float[] bias, float[] y) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p += L) {
          FloatVector a = FloatVector.fromArray(SPECIES, x, i * k + p);
          sums = a.fma(FloatVector.fromArray(SPECIES, transposed, j * k + p), sums);
        }
        y[i * n + j] = Math.max(sums.reduceLanes(VectorOperators.ADD) + bias[j], 0);
      }
    }
  }

  /** Vectors along j: one output per lane, each still one chain; the sums are kept in y. */
  static void acrossOutputs(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    Arrays.fill(y, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        FloatVector a = FloatVector.broadcast(SPECIES, x[i * k + p]);
        for (int j = 0; j < n; j += L) {
          a.fma(
                  FloatVector.fromArray(SPECIES, w, p * n + j),
                  FloatVector.fromArray(SPECIES, y, i * n + j))
              .intoArray(y, i * n + j);
        }
      }
      for (int j = 0; j < n; j += L) {
        finish(FloatVector.fromArray(SPECIES, y, i * n + j), bias, j, y, i * n + j);
      }
    }
  }

  /** With k innermost again, the sum stays in a register. */
  static void sumInARegister(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j += L) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          FloatVector a = FloatVector.broadcast(SPECIES, x[i * k + p]);
          sum = a.fma(FloatVector.fromArray(SPECIES, w, p * n + j), sum);
        }
        finish(sum, bias, j, y, i * n + j);
      }
    }
  }

  /** Four such chains in parallel: while one multiply-add is in flight, others start. */
  static void fourChains(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j += 4 * L) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        for (int p = 0; p < k; p++) {
          FloatVector a = FloatVector.broadcast(SPECIES, x[i * k + p]);
          int b = p * n + j;
          c0 = a.fma(FloatVector.fromArray(SPECIES, w, b), c0);
          c1 = a.fma(FloatVector.fromArray(SPECIES, w, b + L), c1);
          c2 = a.fma(FloatVector.fromArray(SPECIES, w, b + 2 * L), c2);
          c3 = a.fma(FloatVector.fromArray(SPECIES, w, b + 3 * L), c3);
        }
        finish(c0, bias, j, y, i * n + j);
        finish(c1, bias, j + L, y, i * n + j + L);
        finish(c2, bias, j + 2 * L, y, i * n + j + 2 * L);
        finish(c3, bias, j + 3 * L, y, i * n + j + 3 * L);
      }
    }
  }

  /** The same with the four sums in an array, the natural way to write it. */
  static void sumsInAnArray(int m, int n, int k, float[] x, float[] w, float[] bias, float[] y) {
    FloatVector[] sums = new FloatVector[4];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j += 4 * L) {
        Arrays.fill(sums, FloatVector.zero(SPECIES));
        for (int p = 0; p < k; p++) {
          FloatVector a = FloatVector.broadcast(SPECIES, x[i * k + p]);
          for (int v = 0; v < 4; v++) {
            sums[v] = a.fma(FloatVector.fromArray(SPECIES, w, p * n + j + v * L), sums[v]);
          }
        }
        for (int v = 0; v < 4; v++) {
          finish(sums[v], bias, j + v * L, y, i * n + j + v * L);
        }
      }
    }
  }

  /** Adds the bias and applies ReLU to one vector of sums. */
  static void finish(FloatVector sums, float[] bias, int j, float[] y, int at) {
    sums.add(FloatVector.fromArray(SPECIES, bias, j))
        .lanewise(VectorOperators.MAX, 0)
        .intoArray(y, at);
  }
}
