package lanewise.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Additional columns of JMH's table: {@code :gflop} is GFLOP/s, {@code :gbyte} is GB/s, {@code
 * :percentOfPeak} is the share of the FMA peak that the same JVM has just measured.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Work {
  /** Floating-point operations done, in billions; a multiply-add counts as two. */
  public double gflop;

  /** Minimum data moved, in GB: every input read once, every output written once. */
  public double gbyte;

  /** Percentage of the FMA peak of as many cores at this JVM's vector width. */
  public double percentOfPeak;

  private double peak = Double.NaN;

  /** Measures the peak again, as clock rates and other load change; takes two milliseconds. */
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
