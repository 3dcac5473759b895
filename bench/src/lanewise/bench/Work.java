package lanewise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The column {@code :gflop} of JMH's table: with throughput in ops/s, its score is GFLOP/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /** Floating-point operations done, in billions; a multiply-add counts as two. */
  public double gflop;
}
