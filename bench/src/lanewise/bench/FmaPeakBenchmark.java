package lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** The roofline of one core; every GFLOP/s of the other benchmarks is a share of this one. */
public class FmaPeakBenchmark extends BenchmarkDefaults {
  private static final int TIMES = 100_000;

  @Benchmark
  public float peak(Work work) {
    work.gflop += FmaPeak.gflop(TIMES);
    return FmaPeak.run(TIMES);
  }
}
