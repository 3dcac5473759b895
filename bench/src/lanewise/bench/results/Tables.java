package lanewise.bench.results;

import static lanewise.bench.results.Markdown.gflops;
import static lanewise.bench.results.Markdown.number;
import static lanewise.bench.results.Markdown.percent;
import static lanewise.bench.results.Markdown.time;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables of this project's own measurements. */
final class Tables {
  private final Results results;

  Tables(Results results) {
    this.results = results;
  }

  /** Where, when and how. */
  String machine() {
    Map<String, String> facts = results.facts();
    Markdown table = new Markdown("", "");
    table.row("CPU", facts.get("cpu") + ", " + facts.get("cores") + " cores");
    table.row("Vectors", facts.get("lanes") + " floats");
    results
        .find("fma peak", "lanes", facts.getOrDefault("lanes", ""))
        .ifPresent(
            peak -> table.row("FMA peak of a core", number(peak.gflops()) + " GFLOP/s, in Java"));
    table.row("JVM", facts.get("jdk") + ", " + facts.get("os"));
    table.row("Flags", "`" + facts.get("flags") + "`");
    table.row("Date", facts.get("date"));
    table.row("Lanewise", facts.get("lanewise"));
    results.versions().forEach(table::row);
    table.row(
        "Command",
        "`%s`: %s profile, %s rounds, %s minutes"
            .formatted(
                facts.get("command"),
                facts.get("profile"),
                facts.get("rounds"),
                facts.getOrDefault("minutes", "?")));
    return table.under("Machine and settings.");
  }

  /** Products of the scalar engine and at each vector width. */
  String widths() {
    Markdown table =
        new Markdown(
            "m x k x n", "product", "scalar", "4 lanes", "8 lanes", "16 lanes", "of the peak");
    for (Measurement m : results.all("gemm")) {
      String own = results.facts().get("lanes");
      if (!m.params().get("lanes").equals(own)) {
        continue;
      }
      String product = m.params().getOrDefault("product", "forward");
      table.row(
          m.params().get("shape"),
          product,
          gflops(atWidth(m, "1")),
          gflops(atWidth(m, "4")),
          gflops(atWidth(m, "8")),
          gflops(atWidth(m, "16")),
          percent(m.percentOfPeak()));
    }
    return table.under(
        "The engine's dense products, one thread, GFLOP/s, including bias, ReLU, mask and step."
            + " The share of the peak is that at the CPU's full vector width.");
  }

  private Optional<Measurement> atWidth(Measurement like, String lanes) {
    return results.all("gemm").stream()
        .filter(m -> m.params().get("lanes").equals(lanes))
        .filter(m -> m.params().get("shape").equals(like.params().get("shape")))
        .filter(m -> Objects.equals(m.params().get("product"), like.params().get("product")))
        .findFirst();
  }

  /** All kernels other than products. */
  String kernels() {
    Markdown table = new Markdown("kernel", "parameters", "time", "GFLOP/s", "FLOP/byte", "spread");
    for (String name :
        List.of(
            "softmaxDelta",
            "crossEntropy",
            "argMax",
            "updateBias",
            "exp",
            "relu",
            "weight update")) {
      for (Measurement m : results.all(name)) {
        String variant =
            m.params().entrySet().stream()
                .filter(e -> !e.getKey().equals("lanes"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Markdown.NONE);
        table.row(
            name,
            variant,
            time(m),
            number(m.gflops()),
            number(m.intensity()),
            percent(100 * m.spread()));
      }
    }
    return table.under(
        "Other kernels: a batch of 64 rows by 10 classes or 256 units, 1024 exponentials, the first"
            + " layer's ReLU and weights. Spread: half of the range from the 10th to the 90th percentile.");
  }

  /** Lists of non-zeros against dense products. */
  String sparse() {
    Markdown table =
        new Markdown(
            "non-zeros", "forward dense", "sparse", "ratio", "update dense", "sparse", "ratio");
    for (Measurement dense : results.all("input layer")) {
      Map<String, String> params = dense.params();
      if (!params.get("path").equals("dense") || !params.get("product").equals("forward")) {
        continue;
      }
      String density = params.get("density");
      Optional<Measurement> forward = path(density, "forward", "sparse");
      Optional<Measurement> updateDense = path(density, "update", "dense");
      Optional<Measurement> update = path(density, "update", "sparse");
      table.row(
          density.equals("digits") ? "digits (a fifth)" : density + " %",
          time(dense),
          forward.map(Markdown::time).orElse(Markdown.NONE),
          speedUp(Optional.of(dense), forward),
          updateDense.map(Markdown::time).orElse(Markdown.NONE),
          update.map(Markdown::time).orElse(Markdown.NONE),
          speedUp(updateDense, update));
    }
    return table.under(
        "Skipping zeros compared with dense products in the input layer, 64x784x256, one thread."
            + " Ratio: dense time divided by sparse time.");
  }

  private Optional<Measurement> path(String density, String product, String path) {
    return results.find("input layer", "density", density, "product", product, "path", path);
  }

  private static String speedUp(Optional<Measurement> slow, Optional<Measurement> fast) {
    return slow.isPresent() && fast.isPresent()
        ? number(fast.get().rate() / slow.get().rate())
        : Markdown.NONE;
  }

  /** Steps and epochs by engine and threads. */
  String training() {
    Markdown table =
        new Markdown(
            "what", "engine", "threads", "time", "GFLOP/s, dense count", "speed-up", "spread");
    for (String what : List.of("step", "epoch")) {
      for (Measurement m : results.all(what)) {
        String engine = m.params().get("engine");
        if (engine == null) {
          continue;
        }
        table.row(
            what.equals("step") ? "step (64 rows)" : "epoch with evaluation",
            engine,
            m.params().get("threads"),
            time(m),
            number(m.gflops()),
            speedUp(results.find(what, "engine", engine, "threads", "1"), Optional.of(m)),
            percent(100 * m.spread()));
      }
    }
    return table.under(
        "Training the reference network on the built-in digits, each in separate JVMs. Speed-up:"
            + " over one thread.");
  }

  /** Loading data, and start-up. */
  String around() {
    Markdown table = new Markdown("what", "time", "spread");
    for (Measurement m : results.all("loading")) {
      String rows = "%,.0f rows/s".formatted(m.rate());
      table.row("reading " + m.params().get("form"), rows, percent(100 * m.spread()));
    }
    for (Measurement m : results.all("start-up")) {
      boolean version = m.params().get("command").equals("version");
      table.row(
          version
              ? "process that prints its version"
              : "process that trains one epoch on 1,000 rows",
          time(m),
          percent(100 * m.spread()));
    }
    return table.under("Loading (rows of 784 values) and start-up.");
  }

  /** The steps of "How fast can Java go?". */
  String walk() {
    Markdown table =
        new Markdown("step", "GFLOP/s", "of the peak", "relative to the previous step", "bits");
    Measurement before = null;
    for (Measurement m : results.all("walk")) {
      String step = m.params().get("step");
      table.row(
          step.equals("engine") ? "the engine's `forward`" : step,
          number(m.gflops()),
          percent(m.percentOfPeak()),
          before == null ? Markdown.NONE : number(m.rate() / before.rate()),
          step.startsWith("3") ? "different" : "the oracle's");
      before = m;
    }
    return table.under("y (64,256) = relu(x (64,784) w (784,256) + bias), one thread.");
  }

  /** The measurements that failed. */
  String failures() {
    return results.failures().isEmpty()
        ? "Every benchmark's output was checked before it was timed; none failed.\n"
        : "**Not measured because of failures**:\n\n- "
            + String.join("\n- ", results.failures())
            + "\n";
  }
}
