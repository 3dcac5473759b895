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
 * What all benchmarks have in common: one thread, three JVMs with a fixed heap each, no flag beyond
 * the module; and truth before speed: a trial begins with one call whose output is checked, and
 * ends there if the check fails.
 *
 * <p>Operations a second rather than time an operation: the auxiliary counters of {@link Work} are
 * then gigaflops and gigabytes a second.
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
  /** JMH's way in: prepares, then runs the benchmark once and checks what it gave. */
  @Setup(Level.Trial)
  public void setUp(BenchmarkParams params) throws Exception {
    String name = params.getBenchmark();
    prepare();
    verify(name.substring(name.lastIndexOf('.') + 1));
  }

  /** JMH's way out. */
  @TearDown(Level.Trial)
  public void tearDown() throws Exception {
    release();
  }

  /** Makes the inputs; the parameters are set. */
  public abstract void prepare() throws Exception;

  /** Gives back what {@link #prepare} opened. */
  public void release() throws Exception {}

  /**
   * Compares the output of a benchmark method's first call with what an oracle says.
   *
   * @param method the method's name
   * @param output what it returned
   * @throws WrongOutputException if a bit (or, for what is not ours, more than the rounding)
   *     differs
   * @throws IllegalArgumentException if there is no oracle for that method
   */
  public abstract void check(String method, Object output) throws Exception;

  /**
   * What is checked in this one's place: itself, prepared and fresh, or a smaller one of the same
   * parameters where the oracle would take minutes.
   */
  public BenchmarkDefaults sample() throws Exception {
    return this;
  }

  /** Runs a method once on a {@link #sample} and checks it. */
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

  /** What {@link #check} looks at: what the method returned, unless that is elsewhere. */
  public Object output(Object returned) {
    return returned;
  }

  /** Calls a benchmark method as JMH would; its {@link #output}. */
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

  /** For {@link #check}: the method has no oracle. */
  protected static IllegalArgumentException noOracle(String method) {
    return new IllegalArgumentException("no oracle for the benchmark " + method);
  }
}
