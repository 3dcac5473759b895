package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;
import static lanewise.kernel.SparseRows.GROUP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loop nests of the input layer's products over lists of non-zeros, around the micro-kernels of
 * {@link SparseTile}.
 *
 * <p>The outer loop runs over blocks of columns of w, the inner one over groups or strips: a block
 * (784 rows, 4 vectors: 200 KB with 16 lanes) then stays in the second-level cache.
 */
final class SparseProducts {
  /** Width of the widest tile in vectors: its four rows of accumulators must fit the registers. */
  private static final int MAX_VECTORS = REGISTERS == 32 ? 4 : 2;

  private SparseProducts() {}

  /** {@code y (rows of the groups,n) = max(x w (width,n) + bias (n), floor)}. */
  static void forward(
      SparseRows x,
      int fromGroup,
      int toGroup,
      int n,
      float[] w,
      int wOffset,
      int ldw,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      int ldy,
      float floor) {
    float[] sums = Scratch.floats(GROUP * MAX_VECTORS * L);
    int j = 0;
    while (j < n) {
      int vectors = vectors(n - j);
      VectorMask<Float> mask = MASKS[Math.min(L, n - j)];
      for (int g = fromGroup; g < toGroup; g++) {
        int from = x.starts[g];
        int to = x.starts[g + 1];
        if (vectors == 4) {
          SparseTile.sums4x4(from, to, x.columns, x.quads, w, wOffset + j, ldw, sums, 0);
        } else if (vectors == 2) {
          SparseTile.sums4x2(from, to, x.columns, x.quads, w, wOffset + j, ldw, sums, 0);
        } else {
          SparseTile.sums4x1(from, to, x.columns, x.quads, w, wOffset + j, ldw, mask, sums, 0);
        }
        for (int i = 0; i < GROUP; i++) {
          int row = x.order[g * GROUP + i];
          if (row >= 0) {
            int offset = yOffset + row * ldy + j;
            if (vectors == 1) {
              activate(mask, sums, i * L, bias, biasOffset + j, y, offset, floor);
            } else {
              activate(vectors, sums, i * vectors * L, bias, biasOffset + j, y, offset, floor);
            }
          }
        }
      }
      j += vectors * L;
    }
  }

  /** {@code w (columns of the strips,n) = fma(-step, x^T dz (rows,n), w)}. */
  static void update(
      SparseColumns x,
      int fromStrip,
      int toStrip,
      int n,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
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
        int slot = s * SparseColumns.STRIP;
        boolean whole = x.order[slot + SparseColumns.STRIP - 1] >= 0;
        if (vectors == 1 || !whole) {
          for (int v = 0; v < vectors; v++) {
            VectorMask<Float> part = MASKS[Math.min(L, n - j - v * L)];
            int dzColumn = dzOffset + j + v * L;
            SparseTile.sums4x1(from, to, x.entryRows, x.quads, dz, dzColumn, lddz, part, sums, 0);
            step(x.order, slot, part, sums, w, wOffset + j + v * L, ldw, step);
          }
          continue;
        }
        int w0 = wOffset + x.order[slot] * ldw + j;
        int w1 = wOffset + x.order[slot + 1] * ldw + j;
        int w2 = wOffset + x.order[slot + 2] * ldw + j;
        int w3 = wOffset + x.order[slot + 3] * ldw + j;
        if (vectors == 4) {
          SparseTile.step4x4(
              from, to, x.entryRows, x.quads, dz, dzOffset + j, lddz, w, w0, w1, w2, w3, step);
        } else {
          SparseTile.step4x2(
              from, to, x.entryRows, x.quads, dz, dzOffset + j, lddz, w, w0, w1, w2, w3, step);
        }
      }
      j += vectors * L;
    }
  }

  /** Width of the widest tile for the remaining columns; the narrowest one is masked. */
  private static int vectors(int left) {
    if (left >= 4 * L && MAX_VECTORS == 4) {
      return 4;
    }
    return left >= 2 * L ? 2 : 1;
  }

  private static void activate(
      int vectors,
      float[] sums,
      int sumsOffset,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      float floor) {
    for (int v = 0; v < vectors * L; v += L) {
      FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset + v);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + v);
      sum.add(b).max(floor).intoArray(y, yOffset + v);
    }
  }

  private static void activate(
      VectorMask<Float> mask,
      float[] sums,
      int sumsOffset,
      float[] bias,
      int biasOffset,
      float[] y,
      int yOffset,
      float floor) {
    FloatVector b = FloatVector.fromArray(SPECIES, bias, biasOffset, mask);
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset);
    sum.add(b).max(floor).intoArray(y, yOffset, mask);
  }

  /** Takes the step for one vector, or part of it, of each used slot of a strip. */
  private static void step(
      int[] order,
      int slot,
      VectorMask<Float> mask,
      float[] sums,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    for (int i = 0; i < SparseColumns.STRIP && order[slot + i] >= 0; i++) {
      int offset = wOffset + order[slot + i] * ldw;
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, i * L).add(0);
      negative.fma(sum, FloatVector.fromArray(SPECIES, w, offset, mask)).intoArray(w, offset, mask);
    }
  }
}
