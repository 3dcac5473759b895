package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No misuse ends in anything but an IllegalArgumentException or a NullPointerException. */
class BadArgumentsTest {
  private static final int CALLS = 300_000;
  private static final int[] SIZES = {0, 1, 2, 3, 17, 512, -1};
  private static final int[] INTEGERS = {
    0, 0, 0, 1, 2, 5, 17, 512, -1, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  static Stream<Kernels> engines() {
    return Stream.of(Kernels.scalar(), Kernels.simd());
  }

  private static int any(Random random, int[] values) {
    return values[random.nextInt(values.length)];
  }

  private static float[] floats(Random random) {
    return new float[random.nextInt(3) == 0 ? 0 : random.nextInt(1200)];
  }

  @ParameterizedTest
  @MethodSource("engines")
  void randomArgumentsAreAcceptedOrRejected(Kernels kernels) {
    Random random = new Random(6);
    SparseRows rows = SparseRows.of(new byte[] {1, 0, 2, 3, 4, 5}, 0, 2, 3);
    SparseColumns columns = SparseColumns.of(new byte[] {1, 0, 2, 3, 4, 5}, 0, 2, 3);
    int accepted = 0;
    for (int call = 0; call < CALLS; call++) {
      int m = any(random, SIZES);
      int n = any(random, SIZES);
      int k = any(random, SIZES);
      float[] a = floats(random);
      float[] b = floats(random);
      float[] c = floats(random);
      float[] d = floats(random);
      int[] i = new int[8];
      for (int j = 0; j < i.length; j++) {
        i[j] = any(random, INTEGERS);
      }
      boolean usual = random.nextBoolean(); // Row lengths that fit, so that some calls pass.
      int ldk = usual ? k : i[4];
      int ldn = usual ? n : i[5];
      int ldm = usual ? n : i[6];
      int[] labels = new int[random.nextInt(20)];
      Executable[] kinds = {
        () ->
            kernels.forward(
                m, n, k, a, i[0], ldk, b, i[1], ldn, c, i[2], d, i[3], ldm, random.nextBoolean()),
        () -> kernels.backward(m, n, k, a, i[0], ldn, b, i[1], ldm, c, i[2], ldk, d, i[3], ldk),
        () -> kernels.update(m, n, k, a, i[0], ldk, b, i[1], ldn, c, i[2], ldm, 1),
        () -> kernels.updateBias(m, n, a, i[0], ldn, b, i[1], 1),
        () -> kernels.softmax(m, n, a, i[0], ldn),
        () -> kernels.softmaxDelta(m, n, a, i[0], ldn, labels, i[1]),
        () -> kernels.crossEntropy(m, n, a, i[0], ldn, labels, i[1], new double[20], i[2]),
        () -> kernels.argMax(m, n, a, i[0], ldn, labels, i[1]),
        () -> kernels.exp(n, a, i[0], b, i[1]),
        () -> kernels.forwardSparse(rows, i[6], i[7], n, a, i[0], ldn, b, i[1], c, i[2], ldm, true),
        () -> kernels.updateSparse(columns, i[6], i[7], n, a, i[0], ldn, b, i[1], ldm, 1),
        () -> SparseRows.of(new byte[600], i[0], m, i[1]),
        () -> SparseColumns.of(new byte[600], i[0], m, i[1]),
      };
      int kind = random.nextInt(kinds.length);
      try {
        kinds[kind].execute();
        accepted++;
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage() != null, "a message");
      } catch (Throwable e) {
        throw new AssertionError("call %d of kind %d: m %d".formatted(call, kind, m), e);
      }
    }
    assertTrue(accepted > CALLS / 50, accepted + " calls were accepted");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void rangesOfListsAreChecked(Kernels kernels) {
    byte[] pixels = new byte[9 * 9];
    SparseRows rows = SparseRows.of(pixels, 0, 9, 9);
    SparseColumns columns = SparseColumns.of(pixels, 0, 9, 9);
    float[] a = new float[81];
    for (int[] range : new int[][] {{-1, 2}, {0, 4}, {2, 1}, {4, 4}, {0, Integer.MAX_VALUE}}) {
      int from = range[0];
      int to = range[1];
      assertEquals(
          "groups from %d to %d (exclusive) are not a range of the 3 there are".formatted(from, to),
          rejection(() -> kernels.forwardSparse(rows, from, to, 9, a, 0, 9, a, 0, a, 0, 9, true)));
      assertEquals(
          "strips from %d to %d (exclusive) are not a range of the 3 there are".formatted(from, to),
          rejection(() -> kernels.updateSparse(columns, from, to, 9, a, 0, 9, a, 0, 9, 1)));
    }
  }

  @Test
  void listsOfRowsBeyondTheArrayAreRejected() {
    byte[] pixels = new byte[64];
    // The products are 2^32 and 2^31: as int, 0 and negative.
    for (int from : new int[] {1 << 30, 1 << 29, 16, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      String message = "pixels (1,4) from row %d does not fit".formatted(from);
      assertTrue(rejection(() -> SparseRows.of(pixels, from, 1, 4)).startsWith(message));
      assertTrue(rejection(() -> SparseColumns.of(pixels, from, 1, 4)).startsWith(message));
    }
    for (int[] shape : new int[][] {{-1, 4}, {4, -1}, {-1, -1}, {17, 4}}) {
      rejection(() -> SparseRows.of(pixels, 0, shape[0], shape[1]));
      rejection(() -> SparseColumns.of(pixels, 0, shape[0], shape[1]));
    }
    rejection(() -> SparseRows.of(pixels, -1, 1, 0));
    rejection(() -> SparseColumns.of(pixels, -1, 1, 0));
  }

  @Test
  void listsBeyondTheLimitAreRejected() {
    int beyond = SparseRows.LIMIT + 1;
    byte[] pixels = new byte[beyond];
    for (int[] shape : new int[][] {{beyond, 1}, {1, beyond}}) {
      String message =
          "lists of non-zeros hold at most 65535 rows and columns, not %d rows of width %d"
              .formatted(shape[0], shape[1]);
      assertEquals(message, rejection(() -> SparseRows.of(pixels, 0, shape[0], shape[1])));
      assertEquals(message, rejection(() -> SparseColumns.of(pixels, 0, shape[0], shape[1])));
    }
  }

  @Test
  void sharesOfStripsAreZeroToOne() {
    SparseColumns columns = SparseColumns.of(new byte[8], 0, 1, 8);
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertEquals(
          "share is %s, not 0 to 1".formatted(share), rejection(() -> columns.stripAt(share)));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void sumsOfTooManyTermsAreRejected(Kernels kernels) {
    int terms = (1 << 23) + 1;
    float[] none = {};
    assertEquals(
        "k is 8388609; sums have at most 8388608 terms",
        rejection(
            () ->
                kernels.forward(
                    0, 0, terms, none, 0, terms, none, 0, 0, none, 0, none, 0, 0, true)));
    assertEquals(
        "n is 8388609; sums have at most 8388608 terms",
        rejection(
            () ->
                kernels.backward(
                    0, terms, 0, none, 0, terms, none, 0, terms, none, 0, 0, none, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void nullIsRejectedByNameBeforeAnythingIsModified(Kernels kernels) {
    float[] a = {1, 2, 3};
    int[] labels = {0};
    double[] loss = {7};
    SparseRows rows = SparseRows.of(new byte[] {1}, 0, 1, 1);
    SparseColumns columns = SparseColumns.of(new byte[] {1}, 0, 1, 1);
    Map<String, List<Executable>> calls =
        Map.of(
            "x",
            List.of(
                () -> kernels.forward(1, 1, 1, null, 0, 1, a, 0, 1, a, 0, a, 0, 1, true),
                () -> kernels.update(1, 1, 1, null, 0, 1, a, 0, 1, a, 0, 1, 1),
                () -> kernels.exp(1, null, 0, a, 0),
                () -> kernels.forwardSparse(null, 0, 1, 1, a, 0, 1, a, 0, a, 0, 1, true),
                () -> kernels.updateSparse(null, 0, 1, 1, a, 0, 1, a, 0, 1, 1)),
            "w",
            List.of(
                () -> kernels.forward(1, 1, 1, a, 0, 1, null, 0, 1, a, 0, a, 0, 1, true),
                () -> kernels.backward(1, 1, 1, a, 0, 1, null, 0, 1, a, 0, 1, a, 0, 1),
                () -> kernels.update(1, 1, 1, a, 0, 1, a, 0, 1, null, 0, 1, 1),
                () -> kernels.forwardSparse(rows, 0, 1, 1, null, 0, 1, a, 0, a, 0, 1, true),
                () -> kernels.updateSparse(columns, 0, 1, 1, a, 0, 1, null, 0, 1, 1)),
            "bias",
            List.of(
                () -> kernels.forward(1, 1, 1, a, 0, 1, a, 0, 1, null, 0, a, 0, 1, true),
                () -> kernels.updateBias(1, 1, a, 0, 1, null, 0, 1),
                () -> kernels.forwardSparse(rows, 0, 1, 1, a, 0, 1, null, 0, a, 0, 1, true)),
            "y",
            List.of(
                () -> kernels.forward(1, 1, 1, a, 0, 1, a, 0, 1, a, 0, null, 0, 1, true),
                () -> kernels.backward(1, 1, 1, a, 0, 1, a, 0, 1, null, 0, 1, a, 0, 1),
                () -> kernels.exp(1, a, 0, null, 0),
                () -> kernels.forwardSparse(rows, 0, 1, 1, a, 0, 1, a, 0, null, 0, 1, true)),
            "dz",
            List.of(
                () -> kernels.backward(1, 1, 1, null, 0, 1, a, 0, 1, a, 0, 1, a, 0, 1),
                () -> kernels.update(1, 1, 1, a, 0, 1, null, 0, 1, a, 0, 1, 1),
                () -> kernels.updateBias(1, 1, null, 0, 1, a, 0, 1),
                () -> kernels.updateSparse(columns, 0, 1, 1, null, 0, 1, a, 0, 1, 1)),
            "dx",
            List.of(() -> kernels.backward(1, 1, 1, a, 0, 1, a, 0, 1, a, 0, 1, null, 0, 1)),
            "z",
            List.of(
                () -> kernels.softmax(1, 1, null, 0, 1),
                () -> kernels.softmaxDelta(1, 1, null, 0, 1, labels, 0),
                () -> kernels.crossEntropy(1, 1, null, 0, 1, labels, 0, loss, 0),
                () -> kernels.argMax(1, 1, null, 0, 1, labels, 0)),
            "labels",
            List.of(
                () -> kernels.softmaxDelta(1, 1, a, 0, 1, null, 0),
                () -> kernels.crossEntropy(1, 1, a, 0, 1, null, 0, loss, 0)),
            "pixels",
            List.of(() -> SparseRows.of(null, 0, 1, 1), () -> SparseColumns.of(null, 0, 1, 1)));
    calls.forEach(
        (name, bad) -> {
          for (Executable call : bad) {
            assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
          }
        });
    Executable noOut = () -> kernels.argMax(1, 1, a, 0, 1, null, 0);
    assertEquals("out", assertThrows(NullPointerException.class, noOut).getMessage());
    Executable noLoss = () -> kernels.crossEntropy(1, 1, a, 0, 1, labels, 0, null, 0);
    assertEquals("loss", assertThrows(NullPointerException.class, noLoss).getMessage());
    assertEquals(List.of(1f, 2f, 3f), List.of(a[0], a[1], a[2]));
  }

  private static String rejection(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
