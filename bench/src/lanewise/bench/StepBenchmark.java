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
 * The reference network on the built-in digits: training steps, and an epoch as a run has it. The
 * work counted is the dense products' of forward, gradients and deltas, whatever is skipped.
 */
public class StepBenchmark extends BenchmarkDefaults {
  /** Rows that the reference run learns from. */
  public static final int ROWS = 60_000;

  /** Operations a row: to learn from it, and to evaluate it. */
  public static final double LEARN_GFLOP = 1_007_104e-9;

  public static final double EVALUATE_GFLOP = 469_504e-9;

  private static final int BATCH = 64;
  private static final int WIDTH = BuiltinDigits.SIDE * BuiltinDigits.SIDE;

  /** A quarter of an epoch: beyond every cache, and short enough for the scalar engine. */
  private static final int STEPS = 240;

  /** What the oracle, a minute an epoch, can be asked for: three batches and a short one. */
  private static final int SAMPLE_ROWS = 200;

  @Param({"simd", "scalar"})
  public String engine;

  /** A number, or all cores. */
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
    // What a step reads and writes at least: its rows, and every parameter twice.
    stepGbyte = 1e-9 * (BATCH * WIDTH + 8.0 * net.parameters().length);
    whole = samples.first(Math.min(STEPS, rows / BATCH) * BATCH);
    trainer = trainer(net, Engine.valueOf(engine.toUpperCase(Locale.ROOT)), count);
  }

  /** The first rows of what {@code --data builtin} trains on. */
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

  /** Full batches, each an operation; the start of the threads is shared out. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public float[] step(Work work) {
    work.add(STEPS * BATCH * LEARN_GFLOP, STEPS * stepGbyte, count);
    trainer.fit(whole, 1);
    return net.parameters();
  }

  /** All rows trained from, then the loss and accuracy on them. */
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

  /** Against the scalar engine with one thread, dense. */
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
