package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.SparseRows.GROUP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The input layer's products over lists of what is not zero, around {@link SparseTile}.
 *
 * <p>Columns of w go in blocks, a block for all groups or strips before the next: a block of w (784
 * rows, 4 vectors: 200 KB with 16 lanes) then stays in the second-level cache.
 */
final class SparseProducts {
  /** Vectors of the widest tile: four rows of them are accumulators, and 16 registers hold 2. */
  private static final int WIDEST = REGISTERS == 32 ? 4 : 2;

  private SparseProducts() {}

  /** {@code y (rows of the groups, n) = max(x w (width,n) + bias (n), floor)}. */
  static void forward(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wAt,
      int ldw,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      int ldy,
      float floor) {
    float[] sums = Scratch.floats(GROUP * WIDEST * L);
    int j = 0;
    while (j < n) {
      int vectors = vectors(n - j);
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      for (int g = fromGroup; g < toGroup; g++) {
        int from = x.starts[g];
        int to = x.starts[g + 1];
        if (vectors == 4) {
          SparseTile.sums4x4(from, to, x.columns, x.quads, w, wAt + j, ldw, sums, 0);
        } else if (vectors == 2) {
          SparseTile.sums4x2(from, to, x.columns, x.quads, w, wAt + j, ldw, sums, 0);
        } else {
          SparseTile.sums4x1(from, to, x.columns, x.quads, w, wAt + j, ldw, mask, sums, 0);
        }
        for (int i = 0; i < GROUP; i++) {
          int row = x.order[g * GROUP + i];
          if (row >= 0) {
            int at = yAt + row * ldy + j;
            if (vectors == 1) {
              activate(mask, sums, i * L, bias, biasAt + j, y, at, floor);
            } else {
              activate(vectors, sums, i * vectors * L, bias, biasAt + j, y, at, floor);
            }
          }
        }
      }
      j += vectors * L;
    }
  }

  /** {@code w (columns of the strips, n) = fma(-step, x^T dz (rows,n), w)}. */
  static void update(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    float[] sums = Scratch.floats(SparseColumns.STRIP * L);
    int j = 0;
    while (j < n) {
      int vectors = vectors(n - j);
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      for (int s = fromStrip; s < toStrip; s++) {
        int from = x.starts[s];
        int to = x.starts[s + 1];
        if (from == to) {
          continue;
        }
        int place = s * SparseColumns.STRIP;
        boolean whole = x.order[place + SparseColumns.STRIP - 1] >= 0;
        if (vectors == 1 || !whole) {
          for (int v = 0; v < vectors; v++) {
            VectorMask<Float> part = MASKS[Math.min(L, n - j - v * L)];
            int dzColumn = dzAt + j + v * L;
            SparseTile.sums4x1(from, to, x.entryRows, x.quads, dz, dzColumn, lddz, part, sums, 0);
            step(x.order, place, part, sums, w, wAt + j + v * L, ldw, step);
          }
          continue;
        }
        int w0 = wAt + x.order[place] * ldw + j;
        int w1 = wAt + x.order[place + 1] * ldw + j;
        int w2 = wAt + x.order[place + 2] * ldw + j;
        int w3 = wAt + x.order[place + 3] * ldw + j;
        if (vectors == 4) {
          SparseTile.step4x4(
              from, to, x.entryRows, x.quads, dz, dzAt + j, lddz, w, w0, w1, w2, w3, step);
        } else {
          SparseTile.step4x2(
              from, to, x.entryRows, x.quads, dz, dzAt + j, lddz, w, w0, w1, w2, w3, step);
        }
      }
      j += vectors * L;
    }
  }

  /** The widest tile for the columns left; the narrowest masks what it does not fill. */
  private static int vectors(int left) {
    if (left >= 4 * L && WIDEST == 4) {
      return 4;
    }
    return left >= 2 * L ? 2 : 1;
  }

  private static void activate(
      int vectors,
      float[] sums,
      int sumsAt,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      float floor) {
    for (int v = 0; v < vectors * L; v += L) {
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasAt + v);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + v);
      sum.add(b).max(floor).intoArray(y, yAt + v);
    }
  }

  private static void activate(
      VectorMask<Float> mask,
      float[] sums,
      int sumsAt,
      float[] bias,
      int biasAt,
      float[] y,
      int yAt,
      float floor) {
    FloatVector b = FloatVector.fromArray(SPECIES, bias, biasAt, mask);
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt);
    sum.add(b).max(floor).intoArray(y, yAt, mask);
  }

  /** One vector, or a part of it, of a strip's columns that exist. */
  private static void step(
      int[] order,
      int place,
      VectorMask<Float> mask,
      float[] sums,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    for (int i = 0; i < SparseColumns.STRIP && order[place + i] >= 0; i++) {
      int at = wAt + order[place + i] * ldw;
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, i * L);
      negative.fma(sum, FloatVector.fromArray(SPECIES, w, at, mask)).intoArray(w, at, mask);
    }
  }
}
