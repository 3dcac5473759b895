package lanewise.bench.results;

import static lanewise.bench.results.Markdown.gflops;
import static lanewise.bench.results.Markdown.number;
import static lanewise.bench.results.Markdown.percent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables that compare this project with its peers. */
final class PeerTables {
  private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("openblas", "OpenBLAS");
    LIBRARIES.put("mkl", "MKL");
    LIBRARIES.put("vectorblas", "VectorBLAS");
    LIBRARIES.put("ejml", "EJML");
  }

  /** How a peer's epoch differs from ours, for readers of the figures. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "Lanewise", "skips zeros in the input layer",
          "Lanewise, scalar", "textbook loops, the oracle",
          "NumPy", "the same arithmetic in float32, gradients stored",
          "PyTorch", "the same arithmetic in float32 by autograd, each call through DJL",
          "Smile", "the same arithmetic in float32, row by row");

  private final Results results;

  PeerTables(Results results) {
    this.results = results;
  }

  /** Dense products on one thread. */
  String sgemm() {
    Markdown table =
        new Markdown(
            "m x k x n",
            "product",
            "Lanewise",
            "of the peak",
            "OpenBLAS",
            "MKL",
            "VectorBLAS",
            "EJML",
            "Lanewise / OpenBLAS",
            "Lanewise / MKL");
    for (Measurement ours : ours("sgemm")) {
      table.row(
          ours.params().get("shape"),
          ours.params().get("product"),
          gflops(Optional.of(ours)),
          percent(ours.percentOfPeak()),
          gflops(peer(ours, "openblas")),
          gflops(peer(ours, "mkl")),
          gflops(peer(ours, "vectorblas")),
          gflops(peer(ours, "ejml")),
          ratio(ours, peer(ours, "openblas")),
          ratio(ours, peer(ours, "mkl")));
    }
    return table.under(
        "Dense products, one thread, GFLOP/s (medians). All libraries take turns in one process; a"
            + " ratio is the median over the rounds [10th..90th percentile], above 1 where Lanewise"
            + " is faster.");
  }

  private List<Measurement> ours(String benchmark) {
    return results.all(benchmark).stream()
        .filter(m -> m.params().get("library").equals("lanewise"))
        .toList();
  }

  private Optional<Measurement> peer(Measurement ours, String library) {
    return results.find(
        "sgemm",
        "shape",
        ours.params().get("shape"),
        "product",
        ours.params().get("product"),
        "library",
        library);
  }

  private static String ratio(Measurement ours, Optional<Measurement> peer) {
    return peer.map(other -> Ratio.of(ours, other).toString()).orElse(Markdown.NONE);
  }

  /** Predictions of the reference network on one thread. */
  String predictions() {
    Markdown table =
        new Markdown(
            "rows",
            "Lanewise",
            "ONNX Runtime",
            "tensors created per call",
            "Lanewise / ONNX Runtime");
    for (Measurement ours : ours("predictions")) {
      Optional<Measurement> peer = predicting(ours, "onnxruntime");
      table.row(
          ours.params().get("rows"),
          number(ours.rate()),
          rate(peer),
          rate(predicting(ours, "onnxruntime-per-call")),
          ratio(ours, peer));
    }
    return table.under(
        "Predictions of the reference network, one thread, rows per second (medians): 64 built-in"
            + " digits, one by one or in one batch. All take turns in one process; a ratio is the"
            + " median over the rounds [10th..90th percentile], above 1 where Lanewise is faster.");
  }

  private Optional<Measurement> predicting(Measurement ours, String library) {
    return results.find("predictions", "rows", ours.params().get("rows"), "library", library);
  }

  private static String rate(Optional<Measurement> measurement) {
    return measurement.map(m -> number(m.rate())).orElse(Markdown.NONE);
  }

  /** Epochs of the reference network. */
  String epochs() {
    Markdown table =
        new Markdown(
            "who",
            "threads",
            "training",
            "and evaluation",
            "time relative to Lanewise, same threads",
            "how it differs");
    Set<String> seen = new LinkedHashSet<>();
    for (Measurement train : results.all("epoch")) {
      String who = train.params().get("who");
      if (who == null || !train.params().get("what").equals("train")) {
        continue;
      }
      String threads = train.params().get("threads");
      Measurement whole = epoch(who, threads).orElse(train);
      String ratio =
          who.equals("Lanewise")
              ? "1"
              : epoch("Lanewise", threads)
                  .map(ours -> Ratio.of(ours, whole).toString())
                  .orElse(Markdown.NONE);
      table.row(
          who,
          threads,
          number(train.median()) + " s",
          number(whole.median()) + " s",
          ratio,
          seen.add(who) ? DIFFERENCES.getOrDefault(who, Markdown.NONE) : Markdown.NONE);
    }
    return table.under(
        "One epoch of the reference network (%s; batches of 64 in the order of the rows), warm, from"
                .formatted(results.facts().getOrDefault("data", "no data"))
            + " the same initial weights, in turns. Each loss after the first epoch was checked"
            + " against Lanewise's (relative tolerance 5e-5).");
  }

  private Optional<Measurement> epoch(String who, String threads) {
    return results.find("epoch", "who", who, "threads", threads, "what", "train and evaluate");
  }

  /** Where a peer is faster, and where neither is. */
  String losses() {
    List<String> lost = new ArrayList<>();
    List<String> level = new ArrayList<>();
    int compared = 0;
    for (Measurement ours : ours("sgemm")) {
      for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
        Optional<Measurement> peer = peer(ours, library.getKey());
        if (peer.isPresent()) {
          String what = ours.params().get("shape") + " " + ours.params().get("product");
          compared++;
          judge(what, library.getValue(), Ratio.of(ours, peer.get()), lost, level);
        }
      }
    }
    for (Measurement ours : ours("predictions")) {
      Optional<Measurement> peer = predicting(ours, "onnxruntime");
      if (peer.isPresent()) {
        compared++;
        String what = "predictions, rows: " + ours.params().get("rows");
        judge(what, "ONNX Runtime", Ratio.of(ours, peer.get()), lost, level);
      }
    }
    for (Measurement peer : results.all("epoch")) {
      String who = peer.params().getOrDefault("who", "Lanewise");
      String threads = peer.params().get("threads");
      boolean whole = "train and evaluate".equals(peer.params().get("what"));
      Optional<Measurement> ours = epoch("Lanewise", threads);
      if (whole && !who.startsWith("Lanewise") && ours.isPresent()) {
        compared++;
        String what = "an epoch, threads: " + threads;
        judge(what, who, Ratio.of(ours.get(), peer), lost, level);
      }
    }
    if (compared == 0) {
      return "Where we lose: no peer was measured in this run.\n";
    }
    StringBuilder text =
        new StringBuilder("**Where we lose**, of %d comparisons:".formatted(compared));
    text.append(lost.isEmpty() ? " nowhere in nine out of ten rounds.\n" : "\n\n");
    lost.forEach(line -> text.append("- ").append(line).append('\n'));
    if (!level.isEmpty()) {
      text.append("\nLevel, neither is faster in nine out of ten rounds: ");
      text.append(String.join("; ", level)).append(".\n");
    }
    return text.toString();
  }

  private static void judge(
      String what, String peer, Ratio ratio, List<String> lost, List<String> level) {
    if (ratio.loses()) {
      lost.add("%s to %s: Lanewise has %s of its speed".formatted(what, peer, ratio));
    } else if (ratio.level()) {
      level.add("%s and %s (%s)".formatted(what, peer, ratio));
    }
  }
}
