package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Lanes.REGISTERS;

/**
 * The dense products of a layer, which are one: {@code c (m,n) = a (m,k) b (k,n)}, where a and b
 * each lie straight in their array or transposed, and an {@link Epilogue} takes the sums to c while
 * they are in the cache. One a thread.
 *
 * <p>One loop nest around the tiles of {@link Tile}, after Goto and van de Geijn, Anatomy of
 * High-Performance Matrix Multiplication, ACM Transactions on Mathematical Software 34 (2008):
 * blocks of columns, of rows, and inside those of the depth k, so that neither the panels of b nor
 * the sums outgrow the second-level cache, however large the matrices are. The tiles read a in
 * place; b is packed in panels two vectors wide, unless it is straight and there are few rows to
 * reuse the panels.
 *
 * <p>A product may also be computed as {@code c^T = b^T a^T}: the vectors then run along the rows
 * of c, and blocks of sums are transposed before the epilogue. That pays where c is narrower than a
 * vector, or where less has to be transposed in this way.
 */
final class Gemm {
  /** Terms per pass: a panel of so many rows stays in the first-level cache or close to it. */
  private static final int DEPTH = 512;

  /** Rows of a block, about: with the depth above, 512 KB of a. */
  private static final int ROWS = 256;

  /** Columns of a block, if several blocks of rows reuse its panels: 512 KB of b. */
  private static final int COLUMNS = 256;

  /**
   * Rows of a block if c is read too, as in the update, and all of b fits the second-level cache:
   * so few that c is streamed along its rows.
   */
  private static final int STREAMED_ROWS = 32;

  /** Floats of b that fit the second-level cache: 256 KB. */
  private static final int CACHED_FLOATS = 64 << 10;

  /** With fewer rows, packing panels that lie straight costs more than it gains. */
  private static final int MIN_PACKED_ROWS = 128;

  /**
   * Distance of rows of which every multiple is copied before use: 2 KB. Such rows all start in one
   * or two sets of a first-level cache, and the rows of a tile would evict each other.
   */
  private static final int ALIAS = 512;

  /** Rows of the tallest tile that fits the registers, if a is straight. */
  private static final int STRAIGHT = REGISTERS == 32 ? 14 : 6;

  /** The same if a is transposed. */
  private static final int TRANSPOSED = REGISTERS == 32 ? 8 : 4;

  /** Where chains start. */
  private static final float[] ZEROS = new float[PANEL];

  private static final ThreadLocal<Gemm> OF_THREAD = ThreadLocal.withInitial(Gemm::new);

  private Matrix a;
  private Matrix b;
  private Operands o;
  private Epilogue epilogue;

  /** Of the activations. */
  private float floor;

  /** Whether the tiles compute c^T. */
  private boolean flipped;

  /** Panels of b, sums, a transposed block of sums, a copied block of a; grows as needed. */
  private float[] scratch = new float[0];

  private int sums;
  private int transposed;
  private int copy;

  private Gemm() {}

  static Gemm ofThread() {
    return OF_THREAD.get();
  }

  /** {@code y (m,n) = max(x (m,k) w (k,n) + bias (n), floor)}. */
  void forward(int m, int n, int k, Operands o, float floor) {
    multiply(m, n, k, o, Epilogue.ACTIVATE, floor, isNarrow(n) && m >= PANEL);
  }

  /**
   * {@code dx (m,k) = dz (m,n) w (k,n)^T}.
   *
   * @param masked whether dx is 0 except where {@code y (m,k) > 0}
   */
  void backward(int m, int n, int k, Operands o, boolean masked) {
    o.b.transpose();
    // Either w is transposed, or dz and dx.
    boolean less = m >= PANEL && m * ((long) n + k) < 2L * k * n;
    multiply(m, k, n, o, masked ? Epilogue.MASK : Epilogue.STORE, 0, less && !isNarrow(n));
  }

  /** Takes a step of w (k,n) with {@code x (m,k)^T dz (m,n)}. */
  void update(int m, int n, int k, Operands o, Step step) {
    o.a.transpose();
    o.step = step;
    multiply(k, n, m, o, Epilogue.STEP, 0, isNarrow(n) && k >= PANEL);
  }

  /**
   * Whether vectors along n columns would be half empty. Only with 16 lanes, because {@link
   * Transpose} is slow with fewer; beyond three quarters of them, transposing costs more than the
   * empty lanes.
   */
  private static boolean isNarrow(int n) {
    return L == 16 && n <= L * 3 / 4;
  }

  private void multiply(
      int m, int n, int k, Operands o, Epilogue epilogue, float floor, boolean flipped) {
    this.a = flipped ? o.b : o.a;
    this.b = flipped ? o.a : o.b;
    this.o = o;
    this.epilogue = epilogue;
    this.floor = floor;
    this.flipped = flipped;
    if (flipped) {
      a.transpose();
      b.transpose();
      multiply(n, m, k);
    } else {
      multiply(m, n, k);
    }
  }

  private void multiply(int m, int n, int k) {
    int tile = a.column == 1 ? STRAIGHT : TRANSPOSED;
    boolean streams = epilogue == Epilogue.STEP && (long) k * n <= CACHED_FLOATS && k <= DEPTH;
    int maxRows = Math.min(m, (streams ? STREAMED_ROWS : ROWS) / tile * tile);
    int maxColumns = Math.min(n, streams ? n : m > maxRows ? COLUMNS : PANEL);
    int maxDepth = Math.min(k, DEPTH);
    int panels = Math.ceilDiv(maxColumns, PANEL);
    boolean resumes = k > DEPTH;
    int paddedRows = Math.ceilDiv(maxRows, L) * L;
    boolean aliases = a.column == 1 ? m > 1 && a.row % ALIAS == 0 : k > 1 && a.column % ALIAS == 0;
    sums = AlignedFloats.OFFSET + panels * maxDepth * PANEL;
    transposed = sums + (resumes ? panels : 1) * paddedRows * PANEL;
    copy = transposed + L * L;
    int copied = Math.max((maxDepth + L) * maxRows, (maxRows + L) * maxDepth);
    int size = copy + (aliases ? copied : 0);
    if (scratch.length < size) {
      scratch = AlignedFloats.scratch(size);
    }
    // The tiles take a plain step with their sums in registers; any other goes through memory.
    boolean steps = epilogue == Epilogue.STEP && o.step.factors.plain && !flipped && !resumes;
    boolean inPlace = a.column == 1 && b.column == 1 && m < MIN_PACKED_ROWS;
    for (int j = 0; j < n; j += maxColumns) {
      int columns = Math.min(maxColumns, n - j);
      for (int i = 0; i < m; i += maxRows) {
        int rows = Math.min(maxRows, m - i);
        int p = 0;
        do { // Once even for k = 0, to write zeros.
          int depth = Math.min(maxDepth, k - p);
          if (i == 0 || resumes) {
            pack(j, columns, p, depth, inPlace);
          }
          if (aliases) {
            copy(i, rows, p, depth);
          }
          for (int v = 0; v < columns; v += PANEL) {
            int block = sums + (resumes ? v * paddedRows : 0);
            boolean whole = columns - v >= PANEL;
            boolean inTiles = steps && whole;
            int done =
                tiles(i, rows, p, depth, j + v, v, inPlace && whole, aliases, block, inTiles);
            if (p + depth == k) {
              int rest = block + done * PANEL;
              finish(i + done, rows - done, j + v, Math.min(PANEL, columns - v), rest);
            }
          }
          p += depth;
        } while (p < k);
      }
    }
  }

  /** Packs rows p to p + depth - 1 of some columns of b, or the partial panel among them. */
  private void pack(int j, int columns, int p, int depth, boolean inPlace) {
    for (int v = inPlace ? columns / PANEL * PANEL : 0; v < columns; v += PANEL) {
      int width = Math.min(PANEL, columns - v);
      if (b.column == 1) {
        Panels.pack(depth, width, b.array, b.at(p, j + v), b.row, scratch, panel(v, depth));
      } else {
        int from = b.at(p, j + v);
        Panels.packTransposed(depth, width, b.array, from, b.column, scratch, panel(v, depth));
      }
    }
  }

  /** Where the panel of b that begins in column v of the block is packed. */
  private static int panel(int v, int depth) {
    return AlignedFloats.OFFSET + v * depth;
  }

  /** Copies a block of a to rows that do not alias. */
  private void copy(int i, int rows, int p, int depth) {
    if (a.column == 1) {
      Panels.copy(rows, depth, a.array, a.at(i, p), a.row, scratch, copy);
    } else {
      Panels.copy(depth, rows, a.array, a.at(i, p), a.column, scratch, copy);
    }
  }

  /**
   * Computes the sums (rows, PANEL) of a block of a times one panel of b, or takes the plain step
   * with them.
   *
   * @param steps whether to take it, if a is transposed
   * @return the number of rows that have taken it, the first ones
   */
  private int tiles(
      int i,
      int rows,
      int p,
      int depth,
      int j,
      int v,
      boolean inPlace,
      boolean aliases,
      int block,
      boolean steps) {
    boolean straight = a.column == 1;
    float[] left = aliases ? scratch : a.array;
    int from = aliases ? copy : a.at(i, p);
    int row = straight && aliases ? depth + L : a.row;
    int column = !straight && aliases ? rows + L : a.column;
    float[] panel = inPlace ? b.array : scratch;
    int panelOffset = inPlace ? b.at(p, j) : panel(v, depth);
    int ld = inPlace ? b.row : PANEL;
    float[] start = p == 0 ? ZEROS : scratch;
    int startRow = p == 0 ? 0 : PANEL;
    int r = 0;
    int tile = straight ? STRAIGHT : TRANSPOSED;
    for (; r <= rows - tile; r += tile) {
      int at = from + r * row;
      int to = block + r * PANEL;
      int begin = p == 0 ? 0 : to;
      if (!straight) {
        float[] c = steps ? o.c.array : scratch;
        int cOffset = steps ? o.c.at(i + r, j) : to;
        int ldc = steps ? o.c.row : PANEL;
        float rate = steps ? o.step.factors.rate : 0;
        // Calls for each number of registers, of which C2 keeps one: a tile is a method of its own.
        if (REGISTERS == 32) {
          Tile.transposed8x2(
              depth,
              left,
              at,
              column,
              panel,
              panelOffset,
              start,
              begin,
              startRow,
              c,
              cOffset,
              ldc,
              steps,
              rate);
        } else {
          Tile.transposed4x2(
              depth,
              left,
              at,
              column,
              panel,
              panelOffset,
              start,
              begin,
              startRow,
              c,
              cOffset,
              ldc,
              steps,
              rate);
        }
      } else if (REGISTERS == 32) {
        Tile.straight14x2(
            depth, left, at, row, panel, panelOffset, ld, start, begin, startRow, scratch, to);
      } else {
        Tile.straight6x2(
            depth, left, at, row, panel, panelOffset, ld, start, begin, startRow, scratch, to);
      }
    }
    int stepped = steps && !straight ? r : 0;
    for (; r < rows; r += 4) {
      int at = from + r * row;
      int to = block + r * PANEL;
      int begin = p == 0 ? 0 : to;
      Tile.edge4x2(
          Math.min(4, rows - r),
          depth,
          left,
          at,
          row,
          column,
          panel,
          panelOffset,
          ld,
          start,
          begin,
          startRow,
          scratch,
          to);
    }
    return stepped;
  }

  /** Takes sums (rows, PANEL), of which {@code width} columns count, to c. */
  private void finish(int i, int rows, int j, int width, int block) {
    if (!flipped) {
      o.sums.set(scratch, block, PANEL);
      epilogue.apply(rows, width, o.sums, i, j, o, floor);
      return;
    }
    int ld = Math.min(L, rows); // So that rows of c lie side by side here if they do in c.
    o.sums.set(scratch, transposed, ld);
    for (int r = 0; r < rows; r += L) {
      for (int v = 0; v < width; v += L) {
        Transpose.block(scratch, block + r * PANEL + v, PANEL, scratch, transposed, ld);
        int height = Math.min(L, width - v);
        epilogue.apply(height, Math.min(L, rows - r), o.sums, j + v, i + r, o, floor);
      }
    }
  }
}
