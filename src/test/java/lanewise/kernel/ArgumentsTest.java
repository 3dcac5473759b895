package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that reaches beyond an array is rejected before it modifies anything. */
class ArgumentsTest {
  /** A kernel on operands that fit their arrays exactly. */
  private record Call(String name, List<String> names, List<Guarded> operands, Body body) {}

  @FunctionalInterface
  private interface Body {
    void on(Kernels kernels, List<Guarded> operands);
  }

  static Stream<Kernels> engines() {
    return Stream.of(Kernels.scalar(), Kernels.simd());
  }

  private static List<Call> calls() {
    Random random = new Random(4);
    int m = 9;
    int n = 21;
    int k = 35;
    Guarded x = Guarded.tight(random, m, k);
    Guarded w = Guarded.tight(random, k, n);
    Guarded y = Guarded.tight(random, m, n);
    Guarded bias = Guarded.tight(random, 1, n);
    Guarded dx = Guarded.tight(random, m, k);
    return List.of(
        new Call(
            "forward",
            List.of("x", "w", "bias", "y"),
            List.of(x, w, bias, y),
            (kernels, o) ->
                Calls.forward(kernels, o.get(0), o.get(1), o.get(2), o.get(3), Transfer.RELU)),
        new Call(
            "backward",
            List.of("dz", "w", "y", "dx"),
            List.of(y, w, x, dx),
            (kernels, o) ->
                Calls.backward(kernels, o.get(0), o.get(1), o.get(2), o.get(3), Transfer.RELU)),
        new Call(
            "update",
            List.of("x", "dz", "w"),
            List.of(x, y, w),
            (kernels, o) ->
                Calls.update(kernels, o.get(0), o.get(1), o.get(2), Step.descent(0.1f))),
        new Call(
            "updateBias",
            List.of("dz", "bias"),
            List.of(y, bias),
            (kernels, o) -> Calls.updateBias(kernels, o.get(0), o.get(1), Step.descent(0.1f))),
        new Call(
            "softmax", List.of("z"), List.of(y), (kernels, o) -> Calls.softmax(kernels, o.get(0))));
  }

  private static final List<UnaryOperator<Guarded>> MISFITS =
      List.of(
          g -> new Guarded(new float[g.array.length - 1], 0, g.rows, g.cols, g.ld),
          g -> new Guarded(new float[0], 0, g.rows, g.cols, g.ld),
          g -> new Guarded(g.array, 1, g.rows, g.cols, g.ld),
          g -> new Guarded(g.array, -1, g.rows, g.cols, g.ld),
          g -> new Guarded(g.array, Integer.MAX_VALUE, g.rows, g.cols, g.ld));

  private static final List<UnaryOperator<Guarded>> MATRIX_MISFITS =
      List.of(
          g -> new Guarded(g.array, 0, g.rows, g.cols, g.cols - 1),
          g -> new Guarded(g.array, 0, g.rows, g.cols, -g.cols),
          g -> new Guarded(g.array, 0, g.rows, g.cols, g.cols + 1),
          g -> new Guarded(g.array, 0, g.rows, g.cols, Integer.MAX_VALUE));

  @ParameterizedTest
  @MethodSource("engines")
  void matricesThatExceedTheirArraysAreRejected(Kernels kernels) {
    for (Call call : calls()) {
      for (int i = 0; i < call.operands.size(); i++) {
        Guarded good = call.operands.get(i);
        String shape = " (%d,%d) ".formatted(good.rows, good.cols);
        for (UnaryOperator<Guarded> misfit : MISFITS) {
          assertRejected(kernels, call, i, misfit.apply(good), shape);
        }
        for (UnaryOperator<Guarded> misfit : MATRIX_MISFITS) {
          if (good.rows > 1) {
            assertRejected(kernels, call, i, misfit.apply(good), shape);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void negativeSizesAreRejected(Kernels kernels) {
    for (Call call : calls()) {
      Guarded first = call.operands.get(0);
      int rows = first.rows;
      int cols = first.cols;
      int ld = first.ld;
      Guarded noRows = new Guarded(first.array, 0, -1, cols, ld);
      assertRejected(kernels, call, 0, noRows, " (-1,%d) ".formatted(cols));
      Guarded noCols = new Guarded(first.array, 0, rows, -1, ld);
      assertRejected(kernels, call, 0, noCols, " (%d,-1) ".formatted(rows));
    }
  }

  private static void assertRejected(
      Kernels kernels, Call call, int operand, Guarded bad, String shape) {
    List<Guarded> operands =
        Stream.iterate(0, i -> i < call.operands.size(), i -> i + 1)
            .map(i -> i == operand ? bad : call.operands.get(i))
            .toList();
    List<Guarded> before = operands.stream().map(Guarded::copy).toList();
    String name = call.names.get(operand);
    String message = rejection(() -> call.body.on(kernels, operands));
    assertTrue(message.startsWith(name + shape), call.name + ": " + message);
    assertTrue(message.endsWith("array of %d elements".formatted(bad.array.length)), message);
    for (int i = 0; i < operands.size(); i++) {
      operands.get(i).assertUntouched(before.get(i), call.name);
    }
  }

  private static String rejection(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void exactFitsAreAccepted(Kernels kernels) {
    for (Call call : calls()) {
      call.body.on(kernels, call.operands);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void badLabelsAndVectorsAreRejected(Kernels kernels) {
    float[] z = {1, 2, 3, 4, 5, 6};
    float[] before = z.clone();
    double[] loss = {7, 7};
    int[] good = {0, 2};
    for (int[] bad : new int[][] {{0, 3}, {-1, 0}, {0, Integer.MIN_VALUE}}) {
      int row = bad[0] == 0 ? 1 : 0;
      String message = "label %d in row %d is not one of the 3 classes".formatted(bad[row], row);
      assertEquals(message, rejection(() -> kernels.softmaxDelta(2, 3, z, 0, 3, bad, 0, 0)));
      assertEquals(message, rejection(() -> kernels.crossEntropy(2, 3, z, 0, 3, bad, 0, loss, 0)));
    }
    List<Executable> calls =
        List.of(
            () -> kernels.softmaxDelta(2, 3, z, 0, 3, good, 1, 0),
            () -> kernels.softmaxDelta(2, 3, z, 0, 3, good, -1, 0),
            () -> kernels.crossEntropy(2, 3, z, 0, 3, good, 1, loss, 0),
            () -> kernels.crossEntropy(2, 3, z, 0, 3, good, 0, loss, 1),
            () -> kernels.crossEntropy(2, 3, z, 0, 3, good, 0, loss, -1),
            () -> kernels.crossEntropy(2, 3, z, 1, 3, good, 0, loss, 0),
            () -> kernels.squaredDelta(2, 3, z, 1, 3, z, 0, 3),
            () -> kernels.squaredDelta(2, 3, z, 0, 3, z, 1, 3),
            () -> kernels.squaredDelta(2, 3, z, 0, 3, z, 0, 2),
            () -> kernels.squaredError(2, 3, z, 1, 3, z, 0, 3, loss, 0),
            () -> kernels.squaredError(2, 3, z, 0, 3, z, 1, 3, loss, 0),
            () -> kernels.squaredError(2, 3, z, 0, 3, z, 0, 3, loss, 1),
            () -> kernels.argMax(2, 3, z, 1, 3, good, 0),
            () -> kernels.argMax(2, 3, z, 0, 3, good, 1),
            () -> kernels.exp(7, z, 0, z, 0),
            () -> kernels.exp(5, z, 2, z, 0),
            () -> kernels.exp(5, z, 0, z, 2),
            () -> kernels.exp(-1, z, 0, z, 0));
    for (Executable call : calls) {
      String message = rejection(call);
      assertTrue(message.matches("\\w+ \\(-?\\d,-?\\d\\) at offset .*"), message);
    }
    assertArrayEquals(before, z);
    assertArrayEquals(new double[] {7, 7}, loss);
    assertArrayEquals(new int[] {0, 2}, good);
  }
}
