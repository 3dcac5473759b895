package lanewise.nn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Prints what a thousand warm predictions allocate, in bytes. */
final class AllocationOfPrediction {
  /** In this CPU time everything is compiled, many times over. */
  private static final long MAX_WARM_UP_NANOS = 60_000_000_000L;

  private static final int CALLS = 1000;
  private static final int ROWS = 67; // More than one block, and a remainder.

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationOfPrediction() {}

  /** Arguments: layer sizes, and how few bytes are enough to end the warm-up. */
  public static void main(String[] args) {
    int[] sizes = Shape.of(args[0]);
    long enough = Long.parseLong(args[1]);
    Mlp net = Mlp.glorot(1, sizes);
    float[] rows = new float[ROWS * net.inputs()];
    TestRows.clusters(1, ROWS, net.inputs(), net.outputs()).copyRows(0, ROWS, rows, 0);
    float[] row = new float[net.inputs()];
    float[] out = new float[ROWS * net.outputs()];
    System.out.println("batch=" + warm(() -> net.predict(rows, ROWS, out), enough));
    System.out.println("one=" + warm(() -> net.predict(row, 1, out), enough));
    System.out.println("class=" + warm(() -> net.classify(row), enough));
  }

  private static long warm(Runnable prediction, long enough) {
    long start = THREADS.getCurrentThreadCpuTime();
    long bytes;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        prediction.run();
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > enough && THREADS.getCurrentThreadCpuTime() - start < MAX_WARM_UP_NANOS);
    return bytes;
  }
}
