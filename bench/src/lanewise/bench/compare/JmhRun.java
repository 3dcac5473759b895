package lanewise.bench.compare;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.bench.Width;
import lanewise.bench.results.Measurement;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one item with JMH in one JVM. */
final class JmhRun {
  private final Timing timing;
  private final PrintStream log;

  /**
   * How long each item is run.
   *
   * @param fork whether to run in a new JVM; runs in this JVM are not timed
   */
  record Timing(
      boolean fork, int warmUps, double warmUpSeconds, int iterations, double iterationSeconds) {
    /** Fewer iterations if one operation takes as long as several. */
    Timing of(Item item) {
      boolean slow = item.seconds() > 2 * iterationSeconds;
      boolean slower = item.seconds() > 10;
      return slow
          ? new Timing(
              fork,
              slower ? 0 : Math.min(1, warmUps),
              warmUpSeconds,
              Math.min(slower ? 1 : 3, iterations),
              iterationSeconds)
          : this;
    }

    /** The approximate duration of an item, with start-up and check. */
    double seconds(Item item) {
      Timing own = of(item);
      return (fork ? 1.3 : 0.2)
          + own.warmUps * Math.max(own.warmUpSeconds, item.seconds())
          + own.iterations * Math.max(own.iterationSeconds, item.seconds())
          + (item.method().startsWith("Step") ? 3 : 0);
    }
  }

  /**
   * @param log receives JMH's own output
   */
  JmhRun(Timing timing, PrintStream log) {
    this.timing = timing;
    this.log = log;
  }

  /**
   * Runs the item once.
   *
   * @throws RunnerException if it could not be run or its output is wrong
   */
  Measurement run(Item item) throws RunnerException {
    Timing time = timing.of(item);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(item.include())
            .forks(time.fork || item.lanes() > 0 ? 1 : 0)
            .warmupIterations(time.warmUps)
            .warmupTime(millis(time.warmUpSeconds))
            .measurementIterations(time.iterations)
            .measurementTime(millis(time.iterationSeconds))
            .timeout(TimeValue.minutes(10))
            .shouldFailOnError(true);
    item.params().forEach(options::param);
    if (item.lanes() > 0) {
      options.jvmArgsAppend("-D%s=%d".formatted(Width.PROPERTY, item.lanes()));
    }
    Collection<RunResult> results;
    ByteArrayOutputStream own = new ByteArrayOutputStream();
    try (PrintStream output = new PrintStream(own, false, StandardCharsets.UTF_8)) {
      results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(output, VerboseMode.NORMAL))
              .run();
    } catch (RunnerException e) {
      throw new RunnerException(thrown(own.toString(StandardCharsets.UTF_8)), e);
    } finally {
      log.print(own.toString(StandardCharsets.UTF_8));
    }
    if (results.size() != 1) {
      throw new RunnerException("%d benchmarks match %s".formatted(results.size(), item));
    }
    return measurement(item, results.iterator().next());
  }

  /** The exception of the benchmark, which JMH prints but does not return. */
  private static String thrown(String output) {
    return output
        .lines()
        .filter(line -> line.matches("(Caused by: )?[\\w.$]+(Exception|Error)(: .*)?"))
        .reduce((first, last) -> last)
        .orElse("see target/compare.log");
  }

  private static TimeValue millis(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(1000 * seconds)));
  }

  private static Measurement measurement(Item item, RunResult result) {
    List<List<Double>> samples = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      List<Double> rates = new ArrayList<>();
      for (IterationResult iteration : fork.getIterationResults()) {
        rates.add(iteration.getPrimaryResult().getScore());
      }
      samples.add(rates);
    }
    double rate = result.getPrimaryResult().getScore();
    Map<String, String> params = new HashMap<>(item.params());
    boolean scalar = params.containsValue("scalar");
    int lanes = item.lanes() > 0 ? item.lanes() : Width.SPECIES.length();
    params.put("lanes", scalar ? "1" : Integer.toString(lanes));
    return new Measurement(
        item.name(),
        params,
        Measurement.RATE,
        counter(result, "gflop") / rate,
        counter(result, "gbyte") / rate,
        counter(result, "percentOfPeak"),
        samples);
  }

  @SuppressWarnings("rawtypes") // As JMH has it.
  private static double counter(RunResult result, String name) {
    Result counter = result.getSecondaryResults().get(name);
    return counter == null || Double.isNaN(counter.getScore()) ? 0 : counter.getScore();
  }
}
