package lanewise.kernel;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The products of the SIMD engine equal the oracle's in every bit, for all shapes. */
class ProductParityTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final Kernels SIMD = Kernels.simd();

  @ParameterizedTest
  @EnumSource
  void forward(Values values) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> forward(m, n, k, random, values));
  }

  @ParameterizedTest
  @EnumSource
  void backward(Values values) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> backward(m, n, k, random, values));
  }

  @ParameterizedTest
  @EnumSource
  void update(Values values) {
    Sizes.pairs(SIMD.lanes(), (m, n, k, random) -> update(m, n, k, random, values));
  }

  @Test
  void largeProducts() {
    Sizes.large((m, n, k, random) -> forward(m, n, k, random, Values.PLAIN));
    Sizes.large((m, n, k, random) -> backward(m, n, k, random, Values.PLAIN));
    Sizes.large((m, n, k, random) -> update(m, n, k, random, Values.PLAIN));
  }

  /** Rows of these lengths are copied before use, because they alias in the cache. */
  @ParameterizedTest
  @ValueSource(ints = {512, 1024})
  void rowsThatAliasInTheCache(int length) {
    Random random = new Random(3);
    for (int m : new int[] {1, 33, 150}) {
      Guarded x = Guarded.tight(random, m, length);
      Guarded w = Guarded.tight(random, length, 40);
      Guarded bias = Guarded.random(random, 1, 40, Values.PLAIN);
      Guarded y = Guarded.random(random, m, 40, Values.PLAIN);
      Guarded expected = y.copy();
      Calls.forward(SCALAR, x, w, bias, expected, Transfer.RELU);
      Calls.forward(SIMD, x, w, bias, y, Transfer.RELU);
      y.assertSameAs(expected, "forward");
      Guarded down = Guarded.tight(random, 40, length);
      Guarded dx = Guarded.random(random, m, 40, Values.PLAIN);
      Guarded expectedDx = dx.copy();
      Calls.backward(SCALAR, x, down, y, expectedDx, Transfer.RELU);
      Calls.backward(SIMD, x, down, y, dx, Transfer.RELU);
      dx.assertSameAs(expectedDx, "backward");
      Guarded expectedW = w.copy();
      Calls.update(SCALAR, x, y, expectedW, Step.descent(0.25f));
      Calls.update(SIMD, x, y, w, Step.descent(0.25f));
      w.assertSameAs(expectedW, "update");
      for (int columns : new int[] {3, 4, 13, 21}) {
        Guarded part = new Guarded(x.array, 1, m - 1, columns, length);
        Guarded gradient = Guarded.random(random, m - 1, 40, Values.PLAIN);
        Guarded some = Guarded.random(random, columns, 40, Values.PLAIN);
        Guarded expectedSome = some.copy();
        Calls.update(SCALAR, part, gradient, expectedSome, Step.descent(0.25f));
        Calls.update(SIMD, part, gradient, some, Step.descent(0.25f));
        some.assertSameAs(expectedSome, "update by some columns");
      }
    }
  }

  private static void forward(int m, int n, int k, Random random, Values values) {
    Guarded x = Guarded.random(random, m, k, values);
    Guarded w = Guarded.random(random, k, n, values);
    Guarded bias = Guarded.random(random, 1, n, values);
    Guarded y = Guarded.random(random, m, n, Values.PLAIN);
    Guarded[] before = {x.copy(), w.copy(), bias.copy()};
    Transfer transfer = Calls.anyTransfer(random);
    Guarded expected = y.copy();
    Calls.forward(SCALAR, x, w, bias, expected, transfer);
    Calls.forward(SIMD, x, w, bias, y, transfer);
    y.assertSameAs(expected, "forward, " + transfer);
    expected.assertSameAs(expected, "the oracle's forward");
    x.assertUntouched(before[0], "x");
    w.assertUntouched(before[1], "w");
    bias.assertUntouched(before[2], "bias");
  }

  private static void backward(int m, int n, int k, Random random, Values values) {
    Guarded dz = Guarded.random(random, m, n, values);
    Guarded w = Guarded.random(random, k, n, values);
    Guarded y = Guarded.random(random, m, k, values);
    Guarded dx = Guarded.random(random, m, k, Values.PLAIN);
    Guarded[] before = {dz.copy(), w.copy(), y.copy()};
    Guarded expected = dx.copy();
    Transfer transfer = Calls.anyTransfer(random);
    Calls.backward(SCALAR, dz, w, y, expected, transfer);
    Calls.backward(SIMD, dz, w, y, dx, transfer);
    dx.assertSameAs(expected, "backward, " + transfer);
    expected.assertSameAs(expected, "the oracle's backward");
    dz.assertUntouched(before[0], "dz");
    w.assertUntouched(before[1], "w");
    y.assertUntouched(before[2], "y");
  }

  private static void update(int m, int n, int k, Random random, Values values) {
    Guarded x = Guarded.random(random, m, k, values);
    Guarded dz = Guarded.random(random, m, n, values);
    Guarded w = Guarded.random(random, k, n, values);
    Guarded[] before = {x.copy(), dz.copy()};
    Step step = Step.descent(random.nextInt(8) == 0 ? 0 : random.nextFloat());
    Guarded expected = w.copy();
    Calls.update(SCALAR, x, dz, expected, step);
    Calls.update(SIMD, x, dz, w, step);
    w.assertSameAs(expected, "update by " + step);
    expected.assertSameAs(expected, "the oracle's update");
    x.assertUntouched(before[0], "x");
    dz.assertUntouched(before[1], "dz");
  }
}
