package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.MASKS;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.REGISTERS;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loop nest of the weight update around the micro-kernels of {@link StepTile}: packed panels of dz,
 * strips of rows of w, and the gradient step in the epilogue, so that no gradient is stored.
 *
 * <p>Panels of many columns are packed at once and stay in the second-level cache, so that w, the
 * largest of the three matrices, is streamed once, along its rows.
 */
final class GemmUpdate {
  /** Rows of a strip of w: the height of the tallest tile of {@link StepTile}. */
  private static final int STRIP = 8;

  /** Terms per pass: the 16 KB of x that a strip reads stay in the first-level cache. */
  private static final int DEPTH = 256;

  /** Rows of w whose sums are kept from one pass to the next. */
  private static final int BLOCK = 256;

  private GemmUpdate() {}

  /** {@code w (k,n) = fma(-step, x (m,k)^T dz (m,n), w)}. */
  static void update(
      int m,
      int n,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] dz,
      int dzOffset,
      int lddz,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    if (NarrowGemm.pays(n) && ldw == n) {
      int done = NarrowGemm.update(m, n, k, x, xOffset, ldx, dz, dzOffset, lddz, w, wOffset, step);
      k -= done;
      xOffset += done;
      wOffset += done * ldw;
    }
    boolean runs = m > DEPTH;
    int maxDepth = runs ? DEPTH : m;
    int range = Blocking.cachedColumns(n, maxDepth);
    int block = runs ? Math.min(BLOCK, k) : k;
    int sumsOffset = range * maxDepth;
    int stripOffset = sumsOffset + (runs ? range * block : STRIP * PANEL);
    boolean copy = ldx % Blocking.ALIAS == 0;
    float[] scratch = Scratch.floats(stripOffset + (copy ? maxDepth * PANEL : 0));
    for (int r = 0; r < n; r += range) {
      int end = Math.min(n, r + range);
      for (int b = 0; b < k; b += block) {
        int rows = Math.min(block, k - b);
        int p = 0;
        do {
          int depth = Math.min(maxDepth, m - p);
          for (int j = r; j < end; j += PANEL) {
            int width = Math.min(PANEL, n - j);
            Panels.pack(depth, width, dz, dzOffset + p * lddz + j, lddz, scratch, (j - r) * depth);
          }
          for (int i = 0; i < rows; i += STRIP) {
            int height = Math.min(STRIP, rows - i);
            float[] a = x;
            int aOffset = xOffset + p * ldx + b + i;
            int lda = ldx;
            if (copy) {
              Panels.pack(depth, height, x, aOffset, ldx, scratch, stripOffset);
              a = scratch;
              aOffset = stripOffset;
              lda = height > L ? PANEL : L; // The layout that pack writes.
            }
            for (int j = r; j < end; j += PANEL) {
              strip(
                  height,
                  Math.min(PANEL, n - j),
                  depth,
                  a,
                  aOffset,
                  lda,
                  scratch,
                  (j - r) * depth,
                  runs ? sumsOffset + (j - r) * block + i * PANEL : sumsOffset,
                  p > 0,
                  p + depth == m,
                  w,
                  wOffset + (b + i) * ldw + j,
                  ldw,
                  step);
            }
          }
          p += depth;
        } while (p < m);
      }
    }
  }

  /** Computes a strip's sums over one panel; after the last pass, takes the step. */
  private static void strip(
      int rows,
      int width,
      int k,
      float[] x,
      int xOffset,
      int ldx,
      float[] scratch,
      int panelOffset,
      int sumsOffset,
      boolean resume,
      boolean last,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    if (width == PANEL && rows == STRIP) {
      if (REGISTERS == 32) {
        StepTile.step8x2(
            k,
            x,
            xOffset,
            ldx,
            scratch,
            panelOffset,
            scratch,
            sumsOffset,
            resume,
            last,
            w,
            wOffset,
            ldw,
            step);
        return;
      }
      for (int i = 0; i < STRIP; i += 4) {
        int sum = sumsOffset + i * PANEL;
        int to = wOffset + i * ldw;
        StepTile.step4x2(
            k,
            x,
            xOffset + i,
            ldx,
            scratch,
            panelOffset,
            scratch,
            sum,
            resume,
            last,
            w,
            to,
            ldw,
            step);
      }
      return;
    }
    int vectors = width > L ? 2 : 1;
    if (vectors == 1 && rows == STRIP) {
      StepTile.sums8x1(k, x, xOffset, ldx, scratch, panelOffset, scratch, sumsOffset, resume);
    } else {
      int row = vectors * L;
      Gemm.edges(
          rows,
          vectors,
          k,
          x,
          xOffset,
          1,
          ldx,
          scratch,
          panelOffset,
          row,
          scratch,
          sumsOffset,
          resume);
    }
    if (last) {
      step(rows, width, scratch, sumsOffset, w, wOffset, ldw, step);
    }
  }

  /** {@code w (rows, width) = fma(-step, sums + 0, w)}. */
  private static void step(
      int rows,
      int width,
      float[] sums,
      int sumsOffset,
      float[] w,
      int wOffset,
      int ldw,
      float step) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -step);
    int row = width > L ? PANEL : L;
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = MASKS[Math.min(L, width - j)];
      for (int i = 0; i < rows; i++) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsOffset + i * row + j).add(0);
        int offset = wOffset + i * ldw + j;
        negative
            .fma(sum, FloatVector.fromArray(SPECIES, w, offset, mask))
            .intoArray(w, offset, mask);
      }
    }
  }
}
