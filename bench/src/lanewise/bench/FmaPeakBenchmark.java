package lanewise.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** The peak of one core, of which the GFLOP/s of all other benchmarks are a share. */
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
    Truth.sameBits("twelve chains that converged to 1", 0, 12, (float) output);
  }
}
