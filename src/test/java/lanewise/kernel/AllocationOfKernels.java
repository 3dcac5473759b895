package lanewise.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Prints how many bytes a thousand warm calls of each kernel allocate. */
final class AllocationOfKernels {
  /** CPU time in which C2 compiles everything many times over. */
  private static final long MAX_WARM_UP_NANOS = 60_000_000_000L;

  private static final int CALLS = 1000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationOfKernels() {}

  /**
   * Arguments: scalar or simd, and the number of bytes below which a kernel counts as warm: until
   * C2 has compiled all of it, vectors are allocated.
   */
  public static void main(String[] args) {
    Kernels kernels = args[0].equals("simd") ? Kernels.simd() : Kernels.scalar();
    long enough = Long.parseLong(args[1]);
    calls(kernels)
        .forEach(
            (name, call) -> {
              long start = THREADS.getCurrentThreadCpuTime();
              long bytes = Long.MAX_VALUE;
              while (bytes > enough
                  && THREADS.getCurrentThreadCpuTime() - start < MAX_WARM_UP_NANOS) {
                bytes = allocated(call);
              }
              System.out.println(name + "=" + bytes);
            });
  }

  private static Map<String, Runnable> calls(Kernels kernels) {
    Random random = new Random(1);
    int m = 13; // Odd sizes, to run the remainder tiles too.
    int n = 37;
    int k = 51;
    Guarded x = Guarded.random(random, m, k, Values.PLAIN);
    Guarded w = Guarded.random(random, k, n, Values.PLAIN);
    Guarded bias = Guarded.random(random, 1, n, Values.PLAIN);
    Guarded y = Guarded.random(random, m, n, Values.PLAIN);
    Guarded dx = Guarded.random(random, m, k, Values.PLAIN);
    Guarded wide = Guarded.random(random, k, 4 * n, Values.PLAIN);
    Guarded wideBias = Guarded.random(random, 1, 4 * n, Values.PLAIN);
    Guarded wideY = Guarded.random(random, m, 4 * n, Values.PLAIN);
    Guarded z = Guarded.random(random, m, n, Values.PLAIN);
    GreyRows grey = new GreyRows(pixels(random, m, k), m, k);
    grey.mark(0, m);
    NonZeros rows = NonZeros.byRows(grey, m);
    NonZeros columns = NonZeros.byColumns(grey, m);
    int[] batch = IntStream.range(0, m).toArray();
    int[] labels = new int[m];
    double[] loss = new double[m];
    Step step = Step.descent(1e-9f);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("forward", () -> Calls.forward(kernels, x, w, bias, y, Transfer.RELU));
    calls.put("backward", () -> Calls.backward(kernels, y, w, x, dx, Transfer.RELU));
    calls.put("forwardTanh", () -> Calls.forward(kernels, x, w, bias, y, Transfer.TANH));
    calls.put("backwardTanh", () -> Calls.backward(kernels, y, w, x, dx, Transfer.TANH));
    calls.put("update", () -> Calls.update(kernels, x, y, w, step));
    calls.put(
        "forwardSkippingZeros",
        () -> Calls.forwardSkippingZeros(kernels, x, wide, wideBias, wideY, Transfer.RELU));
    calls.put("listByRows", () -> rows.list(batch, 0, m, 0, 1));
    calls.put("listByColumns", () -> columns.list(batch, 0, m, 0, 1));
    calls.put(
        "forwardSparse",
        () -> Calls.forwardSparse(kernels, rows, 0, rows.pairs(), w, bias, y, Transfer.RELU));
    calls.put(
        "forwardSparseTanh",
        () -> Calls.forwardSparse(kernels, rows, 0, rows.pairs(), w, bias, y, Transfer.TANH));
    calls.put(
        "updateSparse", () -> Calls.updateSparse(kernels, columns, 0, columns.pairs(), y, w, step));
    calls.put("updateBias", () -> Calls.updateBias(kernels, y, bias, step));
    for (Step.Rule rule : Step.Rule.values()) {
      Step steps = RandomStep.of(rule, random, w).step();
      Step biasSteps = RandomStep.of(rule, random, bias).step();
      calls.put(
          rule.toString(),
          () -> {
            Calls.update(kernels, x, y, w, steps);
            Calls.updateSparse(kernels, columns, 0, columns.pairs(), y, w, steps);
            Calls.updateBias(kernels, y, bias, biasSteps);
          });
    }
    calls.put("softmax", () -> Calls.softmax(kernels, z));
    calls.put("softmaxDelta", () -> Calls.softmaxDelta(kernels, z, labels, 0, 0.1));
    calls.put("crossEntropy", () -> Calls.crossEntropy(kernels, z, labels, 0, loss, 0));
    calls.put("squaredDelta", () -> Calls.squaredDelta(kernels, z, y));
    calls.put("squaredError", () -> Calls.squaredError(kernels, z, y, loss, 0));
    calls.put("argMax", () -> Calls.argMax(kernels, z, labels, 0));
    calls.put("exp", () -> kernels.exp(n, y.array, y.offset, z.array, z.offset));
    return calls;
  }

  /** Random bytes, half of them zero. */
  private static byte[] pixels(Random random, int m, int k) {
    byte[] pixels = new byte[m * k];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextBoolean() ? (byte) random.nextInt(256) : 0;
    }
    return pixels;
  }

  private static long allocated(Runnable call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
