package lanewise.kernel;

import static lanewise.kernel.Lanes.PANEL;
import static lanewise.kernel.Tile.TALL;

/**
 * Block sizes of the dense products: how much of each operand is processed at once, so that it
 * stays in a cache while it is reused.
 */
final class Blocking {
  /**
   * Row length of which every multiple is copied before use: 2 KB. Such rows all start in one or
   * two sets of a first-level cache, and the rows of a tall tile would evict each other.
   */
  static final int ALIAS = 512;

  /** Floats of a block of rows: 384 KB, which with a panel fits a second-level cache of 1 MB. */
  private static final int BLOCK_FLOATS = 96 << 10;

  /** Floats of all panels that are packed at once: 16 MB, for the third-level cache. */
  private static final int PANEL_FLOATS = 4 << 20;

  private Blocking() {}

  /** Rows of a block of the left operand: as many tall tiles as the second-level cache holds. */
  static int blockRows(int m, int depth) {
    int tiles = Math.max(1, BLOCK_FLOATS / (TALL * Math.max(1, depth)));
    return Math.max(1, Math.min(m, tiles * TALL));
  }

  /**
   * Columns of the right operand that are packed at once, whole panels: many if several blocks of
   * rows reuse them, else one panel, which is still in the cache when the tiles read it.
   */
  static int panelColumns(int columns, int depth, boolean reused) {
    if (!reused) {
      return Math.max(1, Math.min(columns, PANEL));
    }
    int maxColumns = Math.max(1, PANEL_FLOATS / (PANEL * Math.max(1, depth))) * PANEL;
    return Math.max(1, Math.min(columns, maxColumns));
  }

  /** Columns, whole panels, whose panels stay in the second-level cache. */
  static int cachedColumns(int n, int depth) {
    int maxPanels = Math.max(1, BLOCK_FLOATS / (PANEL * Math.max(1, depth)));
    return Math.max(1, Math.min(Math.ceilDiv(n, PANEL), maxPanels)) * PANEL;
  }
}
