package lanewise.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A comparison's results, made up. */
public final class SampleResults {
  private SampleResults() {}

  /**
   * All groups, a few measurements each: Lanewise twice as fast as OpenBLAS, slower than MKL, and
   * slower than ONNX Runtime for many rows.
   */
  public static Results results() {
    Results results = new Results();
    results.facts().put("machine", "sample");
    results.facts().put("cpu", "Some <CPU> & more");
    results.facts().put("cores", "2");
    results.facts().put("lanes", "16");
    for (String fact : List.of("jdk", "os", "flags", "date", "lanewise", "command", "rounds")) {
      results.facts().put(fact, "some " + fact);
    }
    results.facts().put("profile", "full");
    results.facts().put("data", "MNIST, 60000 rows");
    results.versions().put("OpenBLAS", "0.3.31");
    rate(results, "fma peak", 100, Map.of("lanes", "16"));
    rate(results, "bandwidth", 20, Map.of("size", "256M"));
    for (String engine : List.of("simd", "scalar")) {
      String lanes = engine.equals("simd") ? "16" : "1";
      rate(
          results,
          "gemm",
          engine.equals("simd") ? 90 : 4,
          Map.of("shape", "64x784x256", "product", "forward", "engine", engine, "lanes", lanes));
    }
    for (int n : List.of(64, 256, 2048)) {
      String shape = "%dx%dx%d".formatted(n, n, n);
      sgemm(results, shape, "lanewise", 80);
      sgemm(results, shape, "openblas", 40);
      sgemm(results, shape, "mkl", 90);
      sgemm(results, shape, "ejml", 80);
    }
    for (String rows : List.of("1", "64")) {
      predictions(results, rows, "lanewise", 100_000);
      predictions(results, rows, "onnxruntime", rows.equals("1") ? 50_000 : 200_000);
      predictions(results, rows, "onnxruntime-per-call", 40_000);
    }
    for (String threads : List.of("1", "2")) {
      double seconds = threads.equals("1") ? 0.4 : 0.25;
      epoch(results, "Lanewise", threads, seconds);
      epoch(results, "NumPy", threads, 2 * seconds);
      rate(results, "step", 1 / seconds, Map.of("engine", "simd", "threads", threads));
      rate(results, "epoch", 1 / seconds, Map.of("engine", "simd", "threads", threads));
    }
    for (String path : List.of("sparse", "dense")) {
      for (String product : List.of("forward", "update")) {
        rate(
            results,
            "input layer",
            path.equals("sparse") ? 3 : 1,
            Map.of("density", "digits", "path", path, "product", product));
      }
    }
    rate(results, "exp", 10, Map.of("implementation", "simd", "lanes", "16"));
    rate(results, "loading", 1000, Map.of("form", "csv"));
    rate(results, "start-up", 2, Map.of("command", "train"));
    rate(results, "walk", 1, Map.of("step", "1 textbook"));
    rate(results, "walk", 90, Map.of("step", "engine"));
    return results;
  }

  /** Three seeds of two entries; one failed once. */
  static Results accuracy() {
    Results results = new Results();
    results.facts().put("cpu", "Some CPU");
    results.facts().put("command", "some command");
    results.facts().put("seeds", "3");
    results.versions().put("NumPy", "2.4");
    accuracy(results, "Lanewise", List.of(98.4, 98.39, 98.6), List.of(4.0, 3.0, 7.0));
    accuracy(results, "NumPy", List.of(98.0, 97.5), List.of(8.0, 9.0));
    results.failures().add("seed 3, NumPy: exit status 1");
    return results;
  }

  private static void accuracy(
      Results results, String who, List<Double> accuracies, List<Double> seconds) {
    Map.of("accuracy", accuracies, "time", seconds)
        .forEach(
            (what, values) -> {
              String unit = what.equals("time") ? Measurement.SECONDS : Measurement.PERCENT;
              Map<String, String> params =
                  Map.of("who", who, "how", "4 epochs", "bar", "98.4", "what", what);
              for (double value : values) {
                results.add(
                    new Measurement("accuracy", params, unit, 0, 0, 0, List.of(List.of(value))));
              }
            });
  }

  /** A hundred operations' noise of a percent around a rate, in three runs. */
  static Measurement measurement(String benchmark, Map<String, String> params, double rate) {
    List<List<Double>> samples = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      List<Double> one = new ArrayList<>();
      for (int i = -2; i <= 2; i++) {
        one.add(Math.round(rate * (1 + 0.005 * i) * 1000) / 1000.0);
      }
      samples.add(one);
    }
    return new Measurement(benchmark, params, Measurement.RATE, 1, 0.1, 50, samples);
  }

  private static void rate(
      Results results, String benchmark, double rate, Map<String, String> params) {
    results.add(measurement(benchmark, params, rate));
  }

  private static void sgemm(Results results, String shape, String library, double rate) {
    rate(results, "sgemm", rate, Map.of("shape", shape, "product", "forward", "library", library));
  }

  private static void predictions(Results results, String rows, String library, double rate) {
    rate(results, "predictions", rate, Map.of("rows", rows, "library", library));
  }

  private static void epoch(Results results, String who, String threads, double seconds) {
    for (String what : List.of("train", "train and evaluate")) {
      results.add(
          new Measurement(
              "epoch",
              Map.of("who", who, "threads", threads, "what", what),
              Measurement.SECONDS,
              0,
              0,
              0,
              List.of(List.of(seconds, 1.01 * seconds))));
    }
  }
}
