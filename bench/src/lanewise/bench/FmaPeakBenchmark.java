package lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** The roof of one core; every GFLOP/s of the other benchmarks is a share of this one. */
public class FmaPeakBenchmark extends BenchmarkDefaults {
  private static final int TIMES = 100_000;

  @Override
  public void prepare() {}

  @Benchmark
  public float peak(Work work) {
    work.add(FmaPeak.gflop(TIMES), 0);
    return FmaPeak.run(TIMES);
  }

  @Override
  public void check(String method, Object output) {
    Truth.sameBits("twelve chains that have reached 1", 0, 12, (float) output);
  }
}
