package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Skipping zeros changes no bit: the results equal those of the oracle's dense loops. */
class SparseParityTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();
  private static final Step STEP = Step.descent(0.37f);
  private static final double[] DENSITIES = {0, 0.02, 0.19, 0.6, 1};

  /** A batch of rows of grey bytes, in any order, and the same values as floats. */
  record Input(GreyRows grey, int[] batch, int from, Guarded x) {
    static Input random(Random random, int m, int k) {
      int rows = m + random.nextInt(3);
      byte[] pixels = new byte[rows * k];
      double density = DENSITIES[random.nextInt(DENSITIES.length)];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextDouble() < density ? (byte) random.nextInt(256) : 0;
      }
      GreyRows grey = new GreyRows(pixels, rows, k);
      grey.mark(0, rows);
      int from = random.nextInt(3);
      int[] batch = new int[from + m];
      Guarded x = Guarded.random(random, m, k, Values.PLAIN);
      for (int i = 0; i < m; i++) {
        int row = random.nextInt(rows);
        batch[from + i] = row;
        for (int p = 0; p < k; p++) {
          x.set(i, p, (pixels[row * k + p] & 255) / 255f);
        }
      }
      return new Input(grey, batch, from, x);
    }

    /** Lists the batch in room for a few more rows, in two shares, as two threads would. */
    NonZeros list(boolean byRows) {
      int m = batch.length - from;
      NonZeros lists = byRows ? NonZeros.byRows(grey, m + 3) : NonZeros.byColumns(grey, m + 3);
      lists.list(batch, from, m, 1, 2);
      lists.list(batch, from, m, 0, 2);
      return lists;
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
    Transfer transfer = Calls.anyTransfer(random);
    Calls.forward(SCALAR, input.x, w, bias, expected, transfer);
    NonZeros rows = input.list(true);
    int half = rows.pairs() / 2; // In two calls, as two threads would.
    Calls.forwardSparse(SIMD, rows, half, rows.pairs(), w, bias, y, transfer);
    Calls.forwardSparse(SIMD, rows.copy(), 0, half, w, bias, y, transfer);
    y.assertSameAs(expected, "forward over lists");
    if (m * (long) n * k < 100_000) {
      Calls.forwardSparse(SCALAR, rows, 0, rows.pairs(), w, bias, byOracle, transfer);
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
    NonZeros columns = input.list(false);
    int half = columns.pairAt(0.5);
    Calls.updateSparse(SIMD, columns, half, columns.pairs(), dz, w, STEP);
    Calls.updateSparse(SIMD, columns.copy(), 0, half, dz, w, STEP);
    w.assertSameAs(expected, "update over lists");
    if (m * (long) n * k < 100_000) {
      Calls.updateSparse(SCALAR, columns, 0, columns.pairs(), dz, byOracle, STEP);
      byOracle.assertSameAs(expected, "the oracle's update over lists");
    }
  }

  /** One by one, for a prediction; with few rows, and with more, of every density. */
  @Test
  void forwardSkippingZeros() {
    Sizes.pairs(SIMD.lanes(), SparseParityTest::forwardSkippingZeros);
    Sizes.large(SparseParityTest::forwardSkippingZeros);
    Random random = new Random(6);
    for (int m : new int[] {1, 2, 3, 4, 9}) {
      for (int n : new int[] {127, 128, 300}) {
        forwardSkippingZeros(m, n, 83, random);
      }
    }
  }

  private static void forwardSkippingZeros(int m, int n, int k, Random random) {
    Guarded x = Guarded.random(random, m, k, Values.PLAIN);
    double density = DENSITIES[random.nextInt(DENSITIES.length)];
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        if (random.nextDouble() >= density) {
          x.set(i, p, random.nextBoolean() ? 0f : -0f);
        }
      }
    }
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded bias = Guarded.random(random, 1, n, Values.PLAIN);
    Guarded expected = Guarded.random(random, m, n, Values.PLAIN);
    Guarded y = expected.copy();
    Transfer transfer = Calls.anyTransfer(random);
    Calls.forward(SCALAR, x, w, bias, expected, transfer);
    Calls.forwardSkippingZeros(SIMD, x, w, bias, y, transfer);
    y.assertSameAs(expected, "forward without zeros");
    Calls.forwardSkippingZeros(SCALAR, x, w, bias, y, transfer);
    y.assertSameAs(expected, "the oracle's forward without zeros");
  }

  @Test
  void everyRowIsInOnePair() {
    for (int m : new int[] {1, 2, 3, 4, 5, 63, 64, 200}) {
      Random random = new Random(m);
      byte[] pixels = new byte[m * 50];
      random.nextBytes(pixels);
      GreyRows grey = new GreyRows(pixels, m, 50);
      grey.mark(0, m);
      NonZeros rows = NonZeros.byRows(grey, 200);
      int[] batch = IntStream.range(0, m).toArray();
      for (int share = 2; share >= 0; share--) {
        rows.list(batch, 0, m, share, 3);
      }
      assertEquals((m + 1) / 2, rows.pairs());
      assertArrayEquals(
          batch,
          IntStream.range(0, 2 * rows.pairs())
              .map(i -> rows.members[i])
              .filter(row -> row >= 0)
              .sorted()
              .toArray());
    }
  }

  @Test
  void rowsMayChangeAndBeMarkedAgain() {
    byte[] pixels = new byte[100];
    pixels[5] = 1;
    pixels[99] = 2;
    GreyRows grey = new GreyRows(pixels, 1, 100);
    grey.mark(0, 1);
    pixels[5] = 0;
    grey.mark(0, 1);
    NonZeros row = NonZeros.byRows(grey, 1);
    row.list(new int[1], 0, 1, 0, 1);
    assertEquals(1, row.counts[0]);
  }

  @Test
  void aCopyStaysWhenAnotherBatchIsListed() {
    byte[] pixels = {0, 7, 0, 0, 0, 0, 0, 9};
    GreyRows grey = new GreyRows(pixels, 2, 4);
    grey.mark(0, 2);
    NonZeros lists = NonZeros.byRows(grey, 2);
    lists.list(new int[] {0}, 0, 1, 0, 1);
    NonZeros copy = lists.copy();
    lists.list(new int[] {1, 0}, 0, 2, 0, 1);
    assertEquals(1, copy.pairs());
    assertEquals(1 << 16 | 7 << 8 | 7, copy.entries[copy.starts[0]]);
    assertEquals(
        "share 0 of 1 of a batch of 1 rows, with room for 0",
        assertThrows(IllegalArgumentException.class, () -> copy.list(new int[] {1}, 0, 1, 0, 1))
            .getMessage());
  }

  @Test
  void rowsThatOverlapShareAPair() {
    byte[] pixels = new byte[8 * 16];
    for (int row = 0; row < 8; row++) {
      pixels[row * 16 + row % 2] = 1; // Even rows use column 0, odd rows column 1.
    }
    GreyRows grey = new GreyRows(pixels, 8, 16);
    grey.mark(0, 8);
    NonZeros rows = NonZeros.byRows(grey, 8);
    rows.list(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 0, 8, 0, 1);
    assertEquals(4, IntStream.of(rows.counts).sum());
    assertEquals(2 / 16.0, grey.share(), "in pairs as they lie");
  }

  @Test
  void splitsOfPairsCoverAll() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int k = 1 + random.nextInt(60);
      int m = 1 + random.nextInt(9);
      NonZeros columns = Input.random(random, m, k).list(false);
      int threads = 1 + random.nextInt(5);
      int last = columns.pairAt(0);
      assertEquals(0, last);
      for (int thread = 1; thread <= threads; thread++) {
        int pair = columns.pairAt((double) thread / threads);
        assertTrue(pair >= last, "splits are in order");
        last = pair;
      }
      assertEquals(columns.pairs(), last);
    }
  }
}
