package lanewise.bench;

import java.util.concurrent.TimeUnit;
import lanewise.data.BuiltinDigits;
import lanewise.kernel.Kernels;
import lanewise.nn.Evaluator;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The reference network on the built-in digits: a training step, and an epoch as a run has it. */
@BenchmarkMode(Mode.AverageTime)
public class StepBenchmark extends BenchmarkDefaults {
  private static final int ROWS = 60_000;
  private static final int BATCH = 64;

  /** Full batches of an epoch. */
  private static final int STEPS = ROWS / BATCH;

  @Param({"simd", "scalar"})
  public String engine;

  @Param({"1", "2"})
  public int threads;

  /** Fewer in the test. */
  int rows = ROWS;

  private Workers workers;
  private Samples samples;
  private Mlp net;
  private Trainer steps;
  private Trainer epoch;
  private Evaluator evaluator;

  @Setup
  public void setUp() {
    Kernels kernels = Engines.named(engine);
    workers = new Workers(threads);
    // The first rows of what --data builtin trains on.
    byte[] pixels = new byte[rows * BuiltinDigits.SIDE * BuiltinDigits.SIDE];
    int[] labels = new int[rows];
    BuiltinDigits.draw(1, 0, rows, pixels, labels, 0);
    samples = Samples.ofBytes(pixels, BuiltinDigits.SIDE * BuiltinDigits.SIDE, labels);
    net = Mlp.glorot(42, samples.width(), 256, 128, 10);
    Samples fullBatches = samples.first(rows / BATCH * BATCH);
    steps = new Trainer(net, fullBatches, BATCH, 0.008, kernels, workers);
    epoch = new Trainer(net, samples, BATCH, 0.008, kernels, workers);
    evaluator = new Evaluator(kernels, workers);
  }

  @TearDown
  public void tearDown() {
    workers.close();
  }

  /** An epoch's full batches, each an operation; the start of its threads is shared out. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public float[] step() {
    steps.epoch(rowsLearnt -> true);
    return net.parameters();
  }

  /** All rows learnt from, then the loss and accuracy on them. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public float[] epoch() {
    epoch.epoch(rowsLearnt -> true);
    if (!Double.isFinite(evaluator.evaluate(net, samples).loss())) {
      throw new IllegalStateException("diverged");
    }
    return net.parameters();
  }
}
