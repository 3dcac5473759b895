package lanewise.run;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lanewise.nn.Mlp;

/**
 * How fast the best engine of this JVM is here: multiply-adds, counted as two operations, of
 * predictions for batches without zeros.
 *
 * @param threads how many threads there are
 * @param alone GFLOP/s of one thread while the others wait
 * @param together GFLOP/s of all of them
 */
public record Speed(int threads, double alone, double together) {
  /** The first layer of the reference network, and a small last one. */
  private static final int[] SIZES = {784, 256, 10};

  private static final int BATCH = 64;
  private static final double MEGAFLOP = 2e-6 * BATCH * (SIZES[0] * SIZES[1] + SIZES[1] * SIZES[2]);

  /** Of each of the two figures. */
  private static final double SECONDS = 0.5;

  /** Of a part of the warm-up, and the fewest and the most of them. */
  private static final double PART_SECONDS = 0.1;

  private static final int FEWEST_PARTS = 8;
  private static final int MOST_PARTS = 60;

  /** A part that is faster than all before it by so much shows that the compiler is at work. */
  private static final double FASTER = 1.1;

  /**
   * Measures for a second, after the time that the compiler takes.
   *
   * @param threads at least 1
   */
  public static Speed measure(int threads) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      warmUp(pool);
      double alone = gflops(pool, 1, SECONDS);
      return new Speed(threads, alone, threads == 1 ? alone : gflops(pool, threads, SECONDS));
    }
  }

  /** Until nothing has become faster for as long as the compiler may take for a kernel. */
  private static void warmUp(ExecutorService pool) {
    double best = 0;
    int quiet = 0;
    for (int part = 0; part < MOST_PARTS && quiet < FEWEST_PARTS; part++) {
      double speed = gflops(pool, 1, PART_SECONDS);
      quiet = speed > FASTER * best ? 0 : quiet + 1;
      best = Math.max(best, speed);
    }
  }

  private static double gflops(ExecutorService pool, int threads, double seconds) {
    Callable<Double> thread = () -> gflops(seconds);
    double sum = 0;
    try {
      for (Future<Double> one :
          pool.invokeAll(IntStream.range(0, threads).mapToObj(t -> thread).toList())) {
        sum += one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sum;
  }

  private static double gflops(double seconds) {
    Mlp net = Mlp.glorot(1, SIZES);
    float[] rows = new float[BATCH * SIZES[0]];
    Random random = new Random(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 1 - random.nextFloat(); // Never zero, which would be skipped.
    }
    float[] out = new float[BATCH * net.outputs()];
    long start = System.nanoTime();
    int batches = 0;
    double passed;
    do {
      net.predict(rows, BATCH, out);
      batches++;
      passed = 1e-9 * (System.nanoTime() - start);
    } while (passed < seconds);
    return 1e-3 * MEGAFLOP * batches / passed;
  }
}
