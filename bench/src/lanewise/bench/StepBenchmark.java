package lanewise.bench;

import java.util.Locale;
import lanewise.data.digits.BuiltinDigits;
import lanewise.nn.Engine;
import lanewise.nn.Evaluation;
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
  private int count;
  private Samples samples;
  private Mlp net;
  private Samples whole;
  private Trainer trainer;
  private double stepGbyte;

  /** With {@code threads} cores. */
  public static int count(String threads) {
    return threads.equals("all")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(threads);
  }

  @Override
  public void prepare() {
    count = count(threads);
    samples = digits(rows, count);
    net = network();
    // The minimum that a step reads and writes: its rows, and every parameter twice.
    stepGbyte = 1e-9 * (BATCH * WIDTH + 8.0 * net.parameters().length);
    whole = samples.first(Math.min(STEPS, rows / BATCH) * BATCH);
    trainer = trainer(net, Engine.valueOf(engine.toUpperCase(Locale.ROOT)), count);
  }

  /** The first training rows of {@code --data builtin}. */
  private static Samples digits(int rows, int threads) {
    byte[] pixels = new byte[rows * WIDTH];
    int[] labels = new int[rows];
    try (Workers workers = new Workers(threads)) {
      workers.run(
          threads,
          (thread, barrier) -> {
            int from = (int) ((long) rows * thread / threads);
            int to = (int) ((long) rows * (thread + 1) / threads);
            BuiltinDigits.draw(1, from, to, pixels, labels, from);
          });
    }
    return Samples.ofBytes(pixels, WIDTH, labels);
  }

  private static Trainer trainer(Mlp net, Engine engine, int threads) {
    return Trainer.builder(net)
        .batchSize(BATCH)
        .learningRate(0.008)
        .mean(Trainer.Mean.TWICE)
        .engine(engine)
        .threads(threads)
        .build();
  }

  private static Mlp network() {
    return Mlp.glorot(42, WIDTH, 256, 128, 10);
  }

  /** Full batches, each an operation; starting the threads is amortized over them. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public float[] step(Work work) {
    work.add(STEPS * BATCH * LEARN_GFLOP, STEPS * stepGbyte, count);
    trainer.fit(whole, 1);
    return net.parameters();
  }

  /** Trains on all rows, then evaluates them. */
  @Benchmark
  public float[] epoch(Work work) {
    int batches = Math.ceilDiv(rows, BATCH);
    double evaluated = 1e-9 * ((double) rows * WIDTH + 4.0 * net.parameters().length);
    work.add(rows * (LEARN_GFLOP + EVALUATE_GFLOP), batches * stepGbyte + evaluated, count);
    trainer.fit(
        samples,
        1,
        end -> {
          if (!Double.isFinite(end.loss())) {
            throw new IllegalStateException("diverged");
          }
        });
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
    Mlp expected = network();
    Trainer scalar = trainer(expected, Engine.SCALAR, 1);
    Samples trained =
        switch (method) {
          case "step" -> samples.first(rows / BATCH * BATCH);
          case "epoch" -> samples.first(rows);
          default -> throw noOracle(method);
        };
    scalar.fit(trained, 1);
    Truth.sameBits(method, expected.parameters(), (float[]) output);
    if (method.equals("epoch")) {
      Evaluation ours = trainer.evaluate(samples);
      Truth.require(ours.equals(scalar.evaluate(trained)), "the evaluation is %s", ours);
    }
  }
}
