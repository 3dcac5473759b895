package lanewise.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Settings of all benchmarks: one thread, three JVMs with a fixed heap each, no flags except the
 * module; and correctness before speed: each trial first makes one call and checks its output, and
 * stops if the check fails.
 *
 * <p>The mode is operations per second rather than time per operation, so that the auxiliary
 * counters of {@link Work} are GFLOP/s and GB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "--add-modules", "jdk.incubator.vector"})
public abstract class BenchmarkDefaults {
  /** Called by JMH: prepares, then runs the benchmark once and checks its output. */
  @Setup(Level.Trial)
  public void setUp(BenchmarkParams params) throws Exception {
    String name = params.getBenchmark();
    prepare();
    verify(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Called by JMH after the trial. */
  @TearDown(Level.Trial)
  public void tearDown() throws Exception {
    release();
  }

  /** Creates the inputs; the parameters are already set. */
  public abstract void prepare() throws Exception;

  /** Releases what {@link #prepare} opened. */
  public void release() throws Exception {}

  /**
   * Compares the output of the first call of a benchmark method with an oracle.
   *
   * @param method the method's name
   * @param output what it returned
   * @throws WrongOutputException if a bit differs (for other libraries, if more than the rounding
   *     differs)
   * @throws IllegalArgumentException if there is no oracle for that method
   */
  public abstract void check(String method, Object output) throws Exception;

  /**
   * Returns the benchmark to check: this one, freshly prepared, or a smaller one with the same
   * parameters if the oracle would take minutes.
   */
  public BenchmarkDefaults sample() throws Exception {
    return this;
  }

  /** Runs a method once on the {@link #sample} and checks its output. */
  public final void verify(String method) throws Exception {
    BenchmarkDefaults sample = sample();
    try {
      sample.check(method, sample.call(method));
    } finally {
      if (sample != this) {
        sample.release();
      }
    }
  }

  /** Returns what {@link #check} examines: by default, what the method returned. */
  public Object output(Object returned) {
    return returned;
  }

  /** Calls a benchmark method as JMH would, and returns its {@link #output}. */
  public final Object call(String name) throws Exception {
    Method method =
        Arrays.stream(getClass().getMethods())
            .filter(m -> m.getName().equals(name) && m.isAnnotationPresent(Benchmark.class))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no benchmark " + name));
    Object[] arguments =
        method.getParameterCount() == 0 ? new Object[0] : new Object[] {new Work()};
    try {
      return output(method.invoke(this, arguments));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The exception of {@link #check} for a method without an oracle. */
  protected static IllegalArgumentException noOracle(String method) {
    return new IllegalArgumentException("no oracle for the benchmark " + method);
  }
}
