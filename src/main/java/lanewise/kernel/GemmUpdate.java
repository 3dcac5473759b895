package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The gradient product of a weight update around {@link StepTile}: panels of dz, strips of w, and
 * the step taken inside, so that no gradient is stored.
 *
 * <p>Panels for many columns are copied at once and stay in the second-level cache, so that w, the
 * largest of the three, passes by once, along its rows.
 */
final class GemmUpdate {
  /** Rows of w of a strip: the height of the tallest tile of {@link StepTile}. */
  private static final int STRIP = 8;

  /** Steps of k in one go: what a strip reads of x, 16 KB, stays in the first-level cache. */
  private static final int DEPTH = 256;

  /** Rows of w whose sums are kept from one run of k to the next. */
  private static final int BLOCK = 256;

  private GemmUpdate() {}

  /** {@code w (k,n) = fma(-step, x (m,k)^T dz (m,n), w)}. */
  static void update(
      int m,
      int n,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] dz,
      int dzAt,
      int lddz,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    if (NarrowGemm.pays(n) && ldw == n) {
      int done = NarrowGemm.update(m, n, k, x, xAt, ldx, dz, dzAt, lddz, w, wAt, step);
      k -= done;
      xAt += done;
      wAt += done * ldw;
    }
    boolean runs = m > DEPTH;
    int most = runs ? DEPTH : m;
    int range = Gemm.cachedColumns(n, most);
    int block = runs ? Math.min(BLOCK, k) : k;
    int sumsAt = range * most;
    int stripAt = sumsAt + (runs ? range * block : STRIP * PANEL);
    boolean copy = ldx % Gemm.ALIAS == 0;
    float[] scratch = Scratch.floats(stripAt + (copy ? most * PANEL : 0));
    for (int r = 0; r < n; r += range) {
      int end = Math.min(n, r + range);
      for (int b = 0; b < k; b += block) {
        int rows = Math.min(block, k - b);
        int p = 0;
        do {
          int depth = Math.min(most, m - p);
          for (int j = r; j < end; j += PANEL) {
            int width = Math.min(PANEL, n - j);
            Panels.pack(depth, width, dz, dzAt + p * lddz + j, lddz, scratch, (j - r) * depth);
          }
          for (int i = 0; i < rows; i += STRIP) {
            int height = Math.min(STRIP, rows - i);
            float[] a = x;
            int aAt = xAt + p * ldx + b + i;
            int lda = ldx;
            if (copy) {
              Panels.pack(depth, height, x, aAt, ldx, scratch, stripAt);
              a = scratch;
              aAt = stripAt;
              lda = height > L ? PANEL : L; // As pack lays it.
            }
            for (int j = r; j < end; j += PANEL) {
              strip(
                  height,
                  Math.min(PANEL, n - j),
                  depth,
                  a,
                  aAt,
                  lda,
                  scratch,
                  (j - r) * depth,
                  runs ? sumsAt + (j - r) * block + i * PANEL : sumsAt,
                  p > 0,
                  p + depth == m,
                  w,
                  wAt + (b + i) * ldw + j,
                  ldw,
                  step);
            }
          }
          p += depth;
        } while (p < m);
      }
    }
  }

  /** Sums of a strip's rows times a panel, then the step once the last of k is in the sums. */
  private static void strip(
      int rows,
      int width,
      int k,
      float[] x,
      int xAt,
      int ldx,
      float[] scratch,
      int panelAt,
      int sumsAt,
      boolean resume,
      boolean last,
      float[] w,
      int wAt,
      int ldw,
      float step) {
    if (width == PANEL && rows == STRIP) {
      if (REGISTERS == 32) {
        StepTile.step8x2(
            k, x, xAt, ldx, scratch, panelAt, scratch, sumsAt, resume, last, w, wAt, ldw, step);
        return;
      }
      for (int i = 0; i < STRIP; i += 4) {
        int sum = sumsAt + i * PANEL;
        int to = wAt + i * ldw;
        StepTile.step4x2(
            k, x, xAt + i, ldx, scratch, panelAt, scratch, sum, resume, last, w, to, ldw, step);
      }
      return;
    }
    int vectors = width > L ? 2 : 1;
    if (vectors == 1 && rows == STRIP) {
      StepTile.sums8x1(k, x, xAt, ldx, scratch, panelAt, scratch, sumsAt, resume);
    } else {
      int row = vectors * L;
      Gemm.edges(rows, vectors, k, x, xAt, 1, ldx, scratch, panelAt, row, scratch, sumsAt, resume);
    }
    if (last) {
      step(rows, width, scratch, sumsAt, w, wAt, ldw, step);
    }
  }

  /** {@code w (rows, width) = fma(-step, sums, w)}. */
  private static void step(
      int rows, int width, float[] sums, int sumsAt, float[] w, int wAt, int ldw, float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + i * row + j);
        int at = wAt + i * ldw + j;
        negative.fma(sum, FloatVector.fromArray(SPECIES, w, at, mask)).intoArray(w, at, mask);
      }
    }
  }
}
