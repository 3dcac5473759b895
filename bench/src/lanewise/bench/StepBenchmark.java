package lanewise.bench;

import lanewise.data.digits.BuiltinDigits;
import lanewise.kernel.Kernels;
import lanewise.nn.Evaluation;
import lanewise.nn.Evaluator;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * Training the reference network on the built-in digits: steps, and whole epochs with evaluation,
 * as in a run. The work counted is that of the dense products, whether or not zeros are skipped.
 */
public class StepBenchmark extends BenchmarkDefaults {
  /** Training rows of the reference run. */
  public static final int ROWS = 60_000;

  /** Work per row: to train on it, and to evaluate it. */
  public static final double LEARN_GFLOP = 1_007_104e-9;

  public static final double EVALUATE_GFLOP = 469_504e-9;

  private static final int BATCH = 64;
  private static final int WIDTH = BuiltinDigits.SIDE * BuiltinDigits.SIDE;

  /** A quarter of an epoch: larger than every cache, and short enough for the scalar engine. */
  private static final int STEPS = 240;

  /** Few enough for the oracle, which takes a minute per epoch: three batches and a partial one. */
  private static final int SAMPLE_ROWS = 200;

  @Param({"simd", "scalar"})
  public String engine;

  /** A number, or all: one per core. */
  @Param({"1", "all"})
  public String threads;

  private int rows = ROWS;
  private int crew;
  private Workers workers;
  private Samples samples;
  private Mlp net;
  private Trainer steps;
  private Trainer epoch;
  private Evaluator evaluator;
  private double stepGbyte;

  /** With {@code threads} cores. */
  public static int crew(String threads) {
    return threads.equals("all")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }

  @Override
  public void prepare() {
    Kernels kernels = Engines.named(engine);
    crew = crew(threads);
    workers = new Workers(crew);
    samples = digits(rows, workers);
    net = network();
    // The minimum that a step reads and writes: its rows, and every parameter twice.
    stepGbyte = 1e-9 * (BATCH * WIDTH + 8.0 * net.parameters().length);
    Samples whole = samples.first(Math.min(STEPS, rows / BATCH) * BATCH);
    steps = new Trainer(net, whole, BATCH, 0.008, kernels, workers);
    epoch = new Trainer(net, samples, BATCH, 0.008, kernels, workers);
    evaluator = new Evaluator(kernels, workers);
  }

  /** The first rows of what {@code --data builtin} trains on. */
  private static Samples digits(int rows, Workers workers) {
    byte[] pixels = new byte[rows * WIDTH];
    int[] labels = new int[rows];
    long crew = workers.threads();
    workers.run(
        workers.threads(),
        (worker, barrier) -> {
          int from = (int) (rows * worker / crew);
          int to = (int) (rows * (worker + 1) / crew);
          BuiltinDigits.draw(1, from, to, pixels, labels, from);
        });
    return Samples.ofBytes(pixels, WIDTH, labels);
  }

  private static Mlp network() {
    return Mlp.glorot(42, WIDTH, 256, 128, 10);
  }

  @Override
  public void release() {
    workers.close();
  }

  /** Full batches, each an operation; the start of the threads is shared out. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public float[] step(Work work) {
    work.add(STEPS * BATCH * LEARN_GFLOP, STEPS * stepGbyte, crew);
    steps.epoch(rowsLearnt -> true);
    return net.parameters();
  }

  /** All rows learnt from, then the loss and accuracy on them. */
  @Benchmark
  public float[] epoch(Work work) {
    int batches = Math.ceilDiv(rows, BATCH);
    double evaluated = 1e-9 * ((double) rows * WIDTH + 4.0 * net.parameters().length);
    work.add(rows * (LEARN_GFLOP + EVALUATE_GFLOP), batches * stepGbyte + evaluated, crew);
    epoch.epoch(rowsLearnt -> true);
    if (!Double.isFinite(evaluator.evaluate(net, samples).loss())) {
      throw new IllegalStateException("diverged");
    }
    return net.parameters();
  }

  @Override
  public BenchmarkDefaults sample() {
    StepBenchmark sample = new StepBenchmark();
    sample.engine = engine;
    sample.threads = threads;
    sample.rows = SAMPLE_ROWS;
    sample.prepare();
    return sample;
  }

  /** Compares with the scalar engine on one thread, dense. */
  @Override
  public void check(String method, Object output) {
    Kernels scalar = Kernels.scalar();
    Mlp expected = network();
    try (Workers one = new Workers(1)) {
      Samples learnt =
          switch (method) {
            case "step" -> samples.first(rows / BATCH * BATCH);
            case "epoch" -> samples.first(rows);
            default -> throw noOracle(method);
          };
      new Trainer(expected, learnt, BATCH, 0.008, scalar, one).epoch(rowsLearnt -> true);
      Truth.sameBits(method, expected.parameters(), (float[]) output);
      if (method.equals("epoch")) {
        Evaluation ours = evaluator.evaluate(net, samples);
        Evaluation theirs = new Evaluator(scalar, one).evaluate(expected, learnt);
        Truth.require(ours.loss() == theirs.loss(), "the loss is %s", ours.loss());
      }
    }
  }
}
