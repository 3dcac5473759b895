package lanewise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Columns of JMH's table beside operations a second: {@code :gflop} is GFLOP/s, {@code :gbyte}
 * GB/s, {@code :percentOfPeak} the share of the FMA peak that the same JVM measured just before.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /** Floating-point operations done, in billions; a multiply-add counts as two. */
  public double gflop;

  /** Bytes that had to be moved at least: every input read once, every output written once. */
  public double gbyte;

  /** Of the multiply-adds that as many cores can do in vectors of this JVM's width. */
  public double percentOfPeak;

  private double peak = Double.NaN;

  /** Measures the peak again, as clocks and neighbours change: two milliseconds. */
  @Setup(Level.Iteration)
  public void measurePeak() {
    peak = FmaPeak.measure();
  }

  /** Counts one operation of one core. */
  public void add(double moreGflop, double moreGbyte) {
    add(moreGflop, moreGbyte, 1);
  }

  /** Counts one operation of some cores. */
  public void add(double moreGflop, double moreGbyte, int cores) {
    gflop += moreGflop;
    gbyte += moreGbyte;
    percentOfPeak += 100 * moreGflop / (cores * peak);
  }
}
