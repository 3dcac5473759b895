package lanewise.kernel;

import java.util.Random;

/** Shapes to test products with. */
final class Sizes {
  /** A test of one shape. */
  @FunctionalInterface
  interface Check {
    void check(int m, int n, int k, Random random);
  }

  /**
   * The layers of the reference network, and shapes beyond a block, a pass over a panel, a tile.
   */
  private static final int[][] LARGE = {
    {64, 256, 784}, {64, 128, 256}, {64, 10, 128}, {32, 256, 784}, {5, 37, 1025}, {20, 70, 2051},
    {257, 33, 19}, {530, 10, 65}, {1100, 40, 300}, {1025, 3, 9}, {3, 300, 259}, {1, 1, 3000},
    {130, 1024, 180}, {300, 420, 21}, {70, 90, 333},
  };

  private Sizes() {}

  /** Sizes around which an engine with this many lanes switches code paths. */
  static int[] edges(int lanes) {
    return new int[] {
      0,
      1,
      2,
      3,
      5,
      7,
      8,
      9,
      lanes - 1,
      lanes,
      lanes + 1,
      2 * lanes - 1,
      2 * lanes,
      2 * lanes + 1,
      13,
      31,
      37,
      64,
      67
    };
  }

  /** Runs every pair of edge sizes for every two of m, n and k, with the third at random. */
  static void pairs(int lanes, Check check) {
    int[] edges = edges(lanes);
    Random random = new Random(11);
    for (int a : edges) {
      for (int b : edges) {
        int c = edges[random.nextInt(edges.length)];
        run(a, b, c, random.nextLong(), check);
        run(c, a, b, random.nextLong(), check);
        run(b, c, a, random.nextLong(), check);
      }
    }
  }

  static void large(Check check) {
    Random random = new Random(12);
    for (int[] shape : LARGE) {
      run(shape[0], shape[1], shape[2], random.nextLong(), check);
    }
  }

  private static void run(int m, int n, int k, long seed, Check check) {
    try {
      check.check(m, n, k, new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("m %d, n %d, k %d, seed %d".formatted(m, n, k, seed), e);
    }
  }
}
