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

  private static Transfer any(Random random, Transfer[] values) {
    return values[random.nextInt(values.length)];
  }

  private static float[] floats(Random random) {
    return new float[random.nextInt(3) == 0 ? 0 : random.nextInt(1200)];
  }

  @ParameterizedTest
  @MethodSource("engines")
  void randomArgumentsAreAcceptedOrRejected(Kernels kernels) {
    Random random = new Random(6);
    GreyRows grey = marked(new byte[] {1, 0, 2, 3, 4, 5}, 2, 3);
    NonZeros rows = NonZeros.byRows(grey, 2);
    NonZeros columns = NonZeros.byColumns(grey, 2);
    rows.list(new int[] {0, 1}, 0, 2, 0, 1);
    columns.list(new int[] {0, 1}, 0, 2, 0, 1);
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
                m,
                n,
                k,
                a,
                i[0],
                ldk,
                b,
                i[1],
                ldn,
                c,
                i[2],
                d,
                i[3],
                ldm,
                any(random, Transfer.values()),
                random.nextBoolean()),
        () ->
            kernels.backward(
                m, n, k, a, i[0], ldn, b, i[1], ldm, c, i[2], ldk, d, i[3], ldk, Transfer.RELU),
        () -> kernels.update(m, n, k, a, i[0], ldk, b, i[1], ldn, c, i[2], ldm, Step.descent(1)),
        () -> kernels.updateBias(m, n, a, i[0], ldn, b, i[1], Step.descent(1)),
        () -> kernels.softmax(m, n, a, i[0], ldn),
        () -> kernels.softmaxDelta(m, n, a, i[0], ldn, labels, i[1], 0),
        () -> kernels.crossEntropy(m, n, a, i[0], ldn, labels, i[1], new double[20], i[2]),
        () -> kernels.squaredDelta(m, n, a, i[0], ldn, b, i[1], ldm),
        () -> kernels.squaredError(m, n, a, i[0], ldn, b, i[1], ldm, new double[20], i[2]),
        () -> kernels.argMax(m, n, a, i[0], ldn, labels, i[1]),
        () -> kernels.exp(n, a, i[0], b, i[1]),
        () ->
            kernels.forwardSparse(
                rows, i[6], i[7], n, a, i[0], ldn, b, i[1], c, i[2], ldm, Transfer.RELU),
        () ->
            kernels.updateSparse(
                columns, i[6], i[7], n, a, i[0], ldn, b, i[1], ldm, Step.descent(1)),
        () -> new GreyRows(new byte[600], i[0], m),
        () -> grey.mark(i[0], i[1]),
        () -> grey.differences(i[0], i[1]),
        () -> NonZeros.byRows(grey, Math.min(i[0], 100)),
        () -> NonZeros.byColumns(grey, Math.min(i[0], 100)),
        () -> NonZeros.byRows(grey, 2).list(new int[2], 0, i[0], i[1], i[2]),
        () -> NonZeros.byColumns(grey, 2).list(new int[2], 0, i[0], i[1], i[2]),
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

  private static GreyRows marked(byte[] pixels, int rows, int width) {
    GreyRows grey = new GreyRows(pixels, rows, width);
    grey.mark(0, rows);
    return grey;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void rangesOfListsAreChecked(Kernels kernels) {
    GreyRows grey = marked(new byte[9 * 6], 9, 6);
    NonZeros rows = NonZeros.byRows(grey, 9);
    NonZeros columns = NonZeros.byColumns(grey, 9);
    rows.list(new int[6], 0, 6, 0, 1);
    columns.list(new int[6], 0, 6, 0, 1);
    float[] a = new float[81];
    for (int[] range : new int[][] {{-1, 2}, {0, 4}, {2, 1}, {4, 4}, {0, Integer.MAX_VALUE}}) {
      int from = range[0];
      int to = range[1];
      String message =
          "pairs from %d to %d (exclusive) are not a range of the 3 there are".formatted(from, to);
      assertEquals(
          message,
          rejection(
              () ->
                  kernels.forwardSparse(rows, from, to, 9, a, 0, 9, a, 0, a, 0, 9, Transfer.RELU)));
      assertEquals(
          message,
          rejection(
              () -> kernels.updateSparse(columns, from, to, 9, a, 0, 9, a, 0, 9, Step.descent(1))));
    }
    assertEquals(
        "x is listed by pairs of columns",
        rejection(
            () -> kernels.forwardSparse(columns, 0, 0, 9, a, 0, 9, a, 0, a, 0, 9, Transfer.RELU)));
    assertEquals(
        "x is listed by pairs of rows",
        rejection(() -> kernels.updateSparse(rows, 0, 0, 9, a, 0, 9, a, 0, 9, Step.descent(1))));
  }

  @Test
  void rowsThatCannotBeListedAreRejected() {
    byte[] pixels = new byte[64];
    // The products are 2^32 and 2^31: as int, 0 and negative.
    for (int rows : new int[] {1 << 30, 1 << 29, 17, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertEquals(
          "pixels (%d,4) does not fit into an array of 64 elements".formatted(rows),
          rejection(() -> new GreyRows(pixels, rows, 4)));
    }
    rejection(() -> new GreyRows(pixels, 4, -1));
    assertEquals(
        "lists of non-zeros have at most 65535 columns, not 65536",
        rejection(() -> new GreyRows(new byte[65536], 1, 65536)));
    GreyRows grey = marked(pixels, 16, 4);
    assertEquals(
        "rows from 2 to 17 (exclusive) are not a range of the 16 there are",
        rejection(() -> grey.mark(2, 17)));
    for (int rows : new int[] {-1, 65536}) {
      String message = "lists of non-zeros have at most 65535 rows, not " + rows;
      assertEquals(message, rejection(() -> NonZeros.byRows(grey, rows)));
      assertEquals(message, rejection(() -> NonZeros.byColumns(grey, rows)));
    }
    for (NonZeros lists : List.of(NonZeros.byRows(grey, 2), NonZeros.byColumns(grey, 2))) {
      assertEquals(
          "share 0 of 1 of a batch of 3 rows, with room for 2",
          rejection(() -> lists.list(new int[3], 0, 3, 0, 1)));
      for (int share : new int[] {-1, 1}) {
        assertEquals(
            "share %d of 1 of a batch of 2 rows, with room for 2".formatted(share),
            rejection(() -> lists.list(new int[3], 0, 2, share, 1)));
      }
      for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
        assertEquals(
            "share is %s, not 0 to 1".formatted(share), rejection(() -> lists.pairAt(share)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void nullIsRejectedByNameBeforeAnythingIsModified(Kernels kernels) {
    float[] a = {1, 2, 3};
    int[] labels = {0};
    double[] loss = {7};
    GreyRows grey = marked(new byte[] {1}, 1, 1);
    NonZeros rows = NonZeros.byRows(grey, 1);
    NonZeros columns = NonZeros.byColumns(grey, 1);
    rows.list(labels, 0, 1, 0, 1);
    columns.list(labels, 0, 1, 0, 1);
    Map<String, List<Executable>> calls =
        Map.of(
            "x",
            List.of(
                () ->
                    kernels.forward(
                        1, 1, 1, null, 0, 1, a, 0, 1, a, 0, a, 0, 1, Transfer.RELU, false),
                () -> kernels.update(1, 1, 1, null, 0, 1, a, 0, 1, a, 0, 1, Step.descent(1)),
                () -> kernels.exp(1, null, 0, a, 0),
                () -> kernels.forwardSparse(null, 0, 1, 1, a, 0, 1, a, 0, a, 0, 1, Transfer.RELU),
                () -> kernels.updateSparse(null, 0, 1, 1, a, 0, 1, a, 0, 1, Step.descent(1))),
            "w",
            List.of(
                () ->
                    kernels.forward(
                        1, 1, 1, a, 0, 1, null, 0, 1, a, 0, a, 0, 1, Transfer.RELU, false),
                () ->
                    kernels.backward(1, 1, 1, a, 0, 1, null, 0, 1, a, 0, 1, a, 0, 1, Transfer.RELU),
                () -> kernels.update(1, 1, 1, a, 0, 1, a, 0, 1, null, 0, 1, Step.descent(1)),
                () ->
                    kernels.forwardSparse(rows, 0, 1, 1, null, 0, 1, a, 0, a, 0, 1, Transfer.RELU),
                () -> kernels.updateSparse(columns, 0, 1, 1, a, 0, 1, null, 0, 1, Step.descent(1))),
            "bias",
            List.of(
                () ->
                    kernels.forward(
                        1, 1, 1, a, 0, 1, a, 0, 1, null, 0, a, 0, 1, Transfer.RELU, false),
                () -> kernels.updateBias(1, 1, a, 0, 1, null, 0, Step.descent(1)),
                () ->
                    kernels.forwardSparse(rows, 0, 1, 1, a, 0, 1, null, 0, a, 0, 1, Transfer.RELU)),
            "y",
            List.of(
                () ->
                    kernels.forward(
                        1, 1, 1, a, 0, 1, a, 0, 1, a, 0, null, 0, 1, Transfer.RELU, false),
                () ->
                    kernels.backward(1, 1, 1, a, 0, 1, a, 0, 1, null, 0, 1, a, 0, 1, Transfer.RELU),
                () -> kernels.exp(1, a, 0, null, 0),
                () ->
                    kernels.forwardSparse(rows, 0, 1, 1, a, 0, 1, a, 0, null, 0, 1, Transfer.RELU)),
            "dz",
            List.of(
                () ->
                    kernels.backward(1, 1, 1, null, 0, 1, a, 0, 1, a, 0, 1, a, 0, 1, Transfer.RELU),
                () -> kernels.update(1, 1, 1, a, 0, 1, null, 0, 1, a, 0, 1, Step.descent(1)),
                () -> kernels.updateBias(1, 1, null, 0, 1, a, 0, Step.descent(1)),
                () -> kernels.updateSparse(columns, 0, 1, 1, null, 0, 1, a, 0, 1, Step.descent(1))),
            "dx",
            List.of(
                () ->
                    kernels.backward(
                        1, 1, 1, a, 0, 1, a, 0, 1, a, 0, 1, null, 0, 1, Transfer.RELU)),
            "z",
            List.of(
                () -> kernels.softmax(1, 1, null, 0, 1),
                () -> kernels.softmaxDelta(1, 1, null, 0, 1, labels, 0, 0),
                () -> kernels.crossEntropy(1, 1, null, 0, 1, labels, 0, loss, 0),
                () -> kernels.argMax(1, 1, null, 0, 1, labels, 0)),
            "labels",
            List.of(
                () -> kernels.softmaxDelta(1, 1, a, 0, 1, null, 0, 0),
                () -> kernels.crossEntropy(1, 1, a, 0, 1, null, 0, loss, 0)),
            "step",
            List.of(
                () -> kernels.update(1, 1, 1, a, 0, 1, a, 0, 1, a, 0, 1, null),
                () -> kernels.updateBias(1, 1, a, 0, 1, a, 0, null),
                () -> kernels.updateSparse(columns, 0, 1, 1, a, 0, 1, a, 0, 1, null)),
            "pixels",
            List.of(() -> new GreyRows(null, 1, 1)));
    assertNamed(calls);
    Executable noOut = () -> kernels.argMax(1, 1, a, 0, 1, null, 0);
    assertEquals("out", assertThrows(NullPointerException.class, noOut).getMessage());
    Executable noLoss = () -> kernels.crossEntropy(1, 1, a, 0, 1, labels, 0, null, 0);
    assertEquals("loss", assertThrows(NullPointerException.class, noLoss).getMessage());
    Map<String, List<Executable>> more =
        Map.of(
            "y",
            List.of(
                () -> kernels.squaredDelta(1, 1, null, 0, 1, a, 0, 1),
                () -> kernels.squaredError(1, 1, null, 0, 1, a, 0, 1, loss, 0)),
            "t",
            List.of(
                () -> kernels.squaredDelta(1, 1, a, 0, 1, null, 0, 1),
                () -> kernels.squaredError(1, 1, a, 0, 1, null, 0, 1, loss, 0)),
            "loss",
            List.of(() -> kernels.squaredError(1, 1, a, 0, 1, a, 0, 1, null, 0)),
            "transfer",
            List.of(
                () -> kernels.forward(1, 1, 1, a, 0, 1, a, 0, 1, a, 0, a, 0, 1, null, false),
                () -> kernels.backward(1, 1, 1, a, 0, 1, a, 0, 1, a, 0, 1, a, 0, 1, null),
                () -> kernels.forwardSparse(rows, 0, 1, 1, a, 0, 1, a, 0, a, 0, 1, null)));
    assertNamed(more);
    assertEquals(List.of(1f, 2f, 3f), List.of(a[0], a[1], a[2]));
  }

  private static void assertNamed(Map<String, List<Executable>> calls) {
    calls.forEach(
        (name, bad) -> {
          for (Executable call : bad) {
            assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
          }
        });
  }

  private static String rejection(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
