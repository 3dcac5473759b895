package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Skipping zeros changes no bit: the results equal those of the oracle's dense loops. */
class SparseParityTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();
  private static final float STEP = 0.37f;
  private static final double[] DENSITIES = {0, 0.02, 0.19, 0.6, 1};

  /**
   * A batch of grey bytes, starting at row {@code from} of an array, and the same values as floats.
   */
  private record Input(byte[] pixels, int from, Guarded x) {
    static Input random(Random random, int m, int k) {
      int from = random.nextInt(3);
      byte[] pixels = new byte[(from + m + random.nextInt(2)) * k];
      double density = DENSITIES[random.nextInt(DENSITIES.length)];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextDouble() < density ? (byte) random.nextInt(256) : 0;
      }
      Guarded x = Guarded.random(random, m, k, Values.PLAIN);
      for (int i = 0; i < m; i++) {
        for (int p = 0; p < k; p++) {
          x.set(i, p, (pixels[(from + i) * k + p] & 255) / 255f);
        }
      }
      return new Input(pixels, from, x);
    }
  }

  @Test
  void forward() {
    Sizes.pairs(SIMD.lanes(), SparseParityTest::forward);
    Sizes.large(SparseParityTest::forward);
  }

  @Test
  void update() {
    Sizes.pairs(SIMD.lanes(), SparseParityTest::update);
    Sizes.large(SparseParityTest::update);
  }

  @Test
  void signsOfZeros() {
    Sizes.pairs(SIMD.lanes(), SparseParityTest::updateOfZeros);
  }

  private static void forward(int m, int n, int k, Random random) {
    Input input = Input.random(random, m, k);
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded bias = Guarded.random(random, 1, n, Values.PLAIN);
    Guarded expected = Guarded.random(random, m, n, Values.PLAIN);
    Guarded y = expected.copy();
    Guarded byOracle = expected.copy();
    boolean relu = random.nextBoolean();
    Calls.forward(SCALAR, input.x, w, bias, expected, relu);
    SparseRows rows = SparseRows.of(input.pixels, input.from, m, k);
    int half = rows.groups() / 2; // In two calls, as two threads would.
    Calls.forwardSparse(SIMD, rows, half, rows.groups(), w, bias, y, relu);
    Calls.forwardSparse(SIMD, rows, 0, half, w, bias, y, relu);
    y.assertSameAs(expected, "forward over lists");
    if (m * (long) n * k < 100_000) {
      Calls.forwardSparse(SCALAR, rows, 0, rows.groups(), w, bias, byOracle, relu);
      byOracle.assertSameAs(expected, "the oracle's forward over lists");
    }
  }

  private static void update(int m, int n, int k, Random random) {
    Input input = Input.random(random, m, k);
    Guarded dz = Guarded.random(random, m, n, Values.PLAIN);
    Guarded expected = Guarded.random(random, k, n, Values.PLAIN);
    update(m, n, k, input, dz, expected);
  }

  /** Most products are too small for a subnormal, and every weight is +0 or -0. */
  private static void updateOfZeros(int m, int n, int k, Random random) {
    Input input = Input.random(random, m, k);
    Guarded dz = Guarded.random(random, m, n, Values.PLAIN);
    Guarded expected = Guarded.random(random, k, n, Values.PLAIN);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        dz.set(i, j, random.nextBoolean() ? 0f : -Float.MIN_VALUE);
      }
      for (int p = 0; p < k; p++) {
        expected.set(p, j, random.nextBoolean() ? 0f : -0f);
      }
    }
    update(m, n, k, input, dz, expected);
  }

  private static void update(int m, int n, int k, Input input, Guarded dz, Guarded expected) {
    Guarded w = expected.copy();
    Guarded byOracle = expected.copy();
    Calls.update(SCALAR, input.x, dz, expected, STEP);
    SparseColumns columns = SparseColumns.of(input.pixels, input.from, m, k);
    int half = columns.stripAt(0.5);
    Calls.updateSparse(SIMD, columns, half, columns.strips(), dz, w, STEP);
    Calls.updateSparse(SIMD, columns, 0, half, dz, w, STEP);
    w.assertSameAs(expected, "update over lists");
    if (m * (long) n * k < 100_000) {
      Calls.updateSparse(SCALAR, columns, 0, columns.strips(), dz, byOracle, STEP);
      byOracle.assertSameAs(expected, "the oracle's update over lists");
    }
  }

  @Test
  void everyRowIsInOneGroup() {
    for (int m : new int[] {1, 2, 3, 4, 5, 63, 64, 200}) {
      Random random = new Random(m);
      byte[] pixels = new byte[m * 50];
      random.nextBytes(pixels);
      SparseRows rows = SparseRows.of(pixels, 0, m, 50);
      assertArrayEquals(
          IntStream.range(0, m).toArray(),
          IntStream.of(rows.order).filter(row -> row >= 0).sorted().toArray());
      assertEquals((m + 3) / 4, rows.groups());
    }
  }

  @Test
  void rowsThatOverlapShareAGroup() {
    byte[] pixels = new byte[8 * 16];
    for (int row = 0; row < 8; row++) {
      pixels[row * 16 + row % 2] = 1; // Even rows use column 0, odd rows column 1.
    }
    assertEquals(1 / 16.0, SparseRows.of(pixels, 0, 8, 16).share());
  }

  @Test
  void splitsOfStripsCoverAll() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int k = 1 + random.nextInt(60);
      int m = 1 + random.nextInt(9);
      SparseColumns columns = SparseColumns.of(Input.random(random, m, k).pixels, 0, m, k);
      int threads = 1 + random.nextInt(5);
      int last = columns.stripAt(0);
      assertEquals(0, last);
      for (int thread = 1; thread <= threads; thread++) {
        int strip = columns.stripAt((double) thread / threads);
        assertTrue(strip >= last, "splits are in order");
        last = strip;
      }
      assertEquals(columns.strips(), last);
    }
  }
}
