package lanewise.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lanewise.bench.accuracy.AccuracyContest;
import lanewise.bench.accuracy.Entry;
import lanewise.bench.epochs.EpochContest;
import lanewise.bench.epochs.EpochData;
import lanewise.bench.epochs.LanewiseLearner;
import lanewise.bench.epochs.Rival;
import lanewise.bench.results.Results;
import lanewise.bench.results.ResultsFile;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.nn.Samples;

/** Comparisons with other libraries, each in its own process. */
final class Peers {
  private static final List<String> SHAPES =
      List.of(
          "64x784x256",
          "64x256x128",
          "64x128x10",
          "60000x784x256",
          "64x64x64",
          "128x128x128",
          "256x256x256",
          "512x512x512",
          "1024x1024x1024",
          "2048x2048x2048");

  private static final int PRODUCTS_OF_LAYERS = 9;
  private static final int SQUARES = 7;

  /** The command line, as users have it. */
  private static final String PROGRAM = Path.of("target", "lanewise.jar").toString();

  private static final int ACCURACY_THREADS = 2;

  /** The test accuracy that four epochs should reach, in per cent. */
  private static final double FAST_BAR = 98.4;

  private final Path work;
  private final File log;
  private final Consumer<String> progress;

  /**
   * @param work a directory for files exchanged between processes
   * @param log receives their standard error
   */
  Peers(Path work, File log, Consumer<String> progress) {
    this.work = work;
    this.log = log;
    this.progress = progress;
  }

  /** The peers' jars, or null if they were not built. */
  private static String jars() {
    String jars = System.getProperty("lanewise.peers", "");
    return jars.isEmpty() ? null : jars;
  }

  /** Whether the peers were built. */
  static boolean built() {
    return jars() != null;
  }

  /** The approximate duration of {@link #sgemm}. */
  static double sgemmSeconds(int rounds) {
    return (PRODUCTS_OF_LAYERS + SQUARES) * (5 * 1.7 + rounds * 0.06 * 5) + 60;
  }

  /** Compares all libraries on each product, in one JVM. */
  Results sgemm(int rounds) throws IOException, InterruptedException {
    Results results = new Results();
    sgemm(rounds, SHAPES.subList(0, 3), List.of("forward", "backward", "update"), results);
    sgemm(rounds, SHAPES.subList(3, SHAPES.size()), List.of("forward"), results);
    return results;
  }

  private void sgemm(int rounds, List<String> shapes, List<String> products, Results into)
      throws IOException, InterruptedException {
    List<String> what = new ArrayList<>(shapes);
    what.addAll(products);
    sideBySide("sgemm", rounds, what, into);
  }

  /** The approximate duration of {@link #predictions}. */
  static double predictionSeconds(int rounds) {
    return 2 * 3 * (1.7 + rounds * 0.06) + 5;
  }

  /** Compares predictions with ONNX Runtime's, in one JVM. */
  Results predictions(int rounds) throws IOException, InterruptedException {
    Results results = new Results();
    sideBySide("predictions", rounds, List.of("predict"), results);
    return results;
  }

  private void sideBySide(String name, int rounds, List<String> what, Results into)
      throws IOException, InterruptedException {
    Path out = work.resolve(name + ".json");
    Files.deleteIfExists(out);
    List<String> command =
        java(List.of("-Xmx2g", "--enable-native-access=ALL-UNNAMED"), "peers.SideBySide");
    command.addAll(List.of("--rounds", "" + rounds, "--out", out.toString()));
    command.addAll(what);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = builder.start();
    try (var lines = process.inputReader()) {
      lines.lines().forEach(progress);
    }
    int status = process.waitFor();
    if (status != 0 || !Files.exists(out)) {
      throw new IOException(
          "%s side by side failed with status %d, see %s".formatted(name, status, log));
    }
    into.addAll(ResultsFile.read(out));
  }

  /** The approximate duration of {@link #epochs}. */
  static double epochSeconds(int rounds, boolean peers) {
    return peers ? 90 + 75 * rounds : 25 + 5 * rounds;
  }

  /** Epochs of all rivals in turn. */
  Results epochs(int rounds, Path data, boolean peers) throws IOException {
    return new EpochContest(rivals(data, peers), rounds, log, progress).run();
  }

  private static List<Rival> rivals(Path data, boolean peers) {
    Set<Integer> threads = new LinkedHashSet<>();
    threads.add(1);
    threads.add(Runtime.getRuntime().availableProcessors());
    List<Rival> rivals = new ArrayList<>();
    for (int count : threads) {
      rivals.add(ours("simd", count, data));
    }
    rivals.add(ours("scalar", Runtime.getRuntime().availableProcessors(), data));
    if (!peers) {
      return rivals;
    }
    String directory = data.toString();
    for (int count : threads) {
      rivals.add(
          new Rival(
              "NumPy",
              count,
              List.of(python(), "bench/numpy_reference.py", directory),
              blasThreads(count),
              false));
    }
    for (int count : threads) {
      List<String> command = pytorch(count, "peers.PyTorchLearner");
      command.add(directory);
      rivals.add(new Rival("PyTorch", count, command, pytorchThreads(count), false));
    }
    List<String> smile =
        java(List.of("-Xmx4g", "--enable-native-access=ALL-UNNAMED"), "peers.SmileLearner");
    smile.add(directory);
    rivals.add(new Rival("Smile", 1, smile, Map.of(), false));
    return rivals;
  }

  /**
   * The approximate duration of a seed of {@link #accuracy}.
   *
   * @param peers whether other libraries take part
   */
  static double accuracySeconds(boolean peers) {
    return accuracyEntries(Path.of(""), peers).stream().mapToDouble(Entry::seconds).sum();
  }

  /** The contest of time to accuracy, on MNIST in a directory. */
  AccuracyContest accuracy(Path mnist, boolean peers) {
    return new AccuracyContest(accuracyEntries(mnist, peers), work, log, progress);
  }

  /** The entries of the time-to-accuracy contest: Lanewise's recipes, and the peers if wanted. */
  static List<Entry> accuracyEntries(Path mnist, boolean peers) {
    String directory = mnist.toString();
    List<Entry> entries = new ArrayList<>();
    entries.add(recipe("--recipe fast", FAST_BAR, 5, directory));
    entries.add(recipe("--recipe best --epochs 10", 99.0, 12, directory));
    entries.add(recipe("--recipe best", 99.2, 40, directory));
    if (!peers) {
      return entries;
    }
    List<String> pytorch = pytorch(ACCURACY_THREADS, "peers.PyTorchAccuracy");
    pytorch.addAll(List.of(directory, Entry.SEED));
    Map<String, String> threads = pytorchThreads(ACCURACY_THREADS);
    entries.add(new Entry("PyTorch", "Adam, 4 epochs", FAST_BAR, 25, pytorch, threads));
    entries.add(python("NumPy", "numpy", 4, 10, python(), directory));
    String sklearn = System.getProperty("lanewise.sklearn.python", python());
    entries.add(python("scikit-learn", "sklearn", 4, 20, sklearn, directory));
    entries.add(python("scikit-learn", "sklearn", 10, 45, sklearn, directory));
    return entries;
  }

  private static Entry recipe(String options, double bar, double seconds, String mnist) {
    List<String> command = java();
    command.addAll(List.of("-jar", PROGRAM, "train", "--data", mnist));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("--seed", Entry.SEED, "--threads", "" + ACCURACY_THREADS));
    command.addAll(List.of("--out", Entry.OUT, "--quiet"));
    return new Entry("Lanewise", "`%s`".formatted(options), bar, seconds, command, Map.of());
  }

  private static Entry python(
      String who, String module, int epochs, double seconds, String python, String mnist) {
    List<String> command =
        List.of(python, "bench/accuracy_peers.py", module, mnist, Entry.SEED, "" + epochs);
    String how = "Adam, %d epochs".formatted(epochs);
    return new Entry(who, how, FAST_BAR, seconds, command, blasThreads(ACCURACY_THREADS));
  }

  private static String python() {
    return System.getProperty("lanewise.python", "python3");
  }

  private static Map<String, String> blasThreads(int count) {
    return Map.of("OPENBLAS_NUM_THREADS", "" + count, "OMP_NUM_THREADS", "" + count);
  }

  private static List<String> pytorch(int threads, String main) {
    return java(
        List.of(
            "-Xmx3g",
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-DDJL_CACHE_DIR=" + Path.of("target", "djl").toAbsolutePath(),
            "-Dai.djl.pytorch.num_threads=" + threads,
            "-Dai.djl.pytorch.num_interop_threads=1"),
        main);
  }

  private static Map<String, String> pytorchThreads(int count) {
    return Map.of("OMP_NUM_THREADS", "" + count, "OPT_OUT_TRACKING", "true");
  }

  private static Rival ours(String engine, int threads, Path data) {
    List<String> options = List.of("-XX:+UseSerialGC", "-Xmn64m"); // As the README runs it.
    List<String> command = java(options, LanewiseLearner.class.getName());
    command.addAll(List.of(data.toString(), engine, "" + threads));
    String who = engine.equals("simd") ? "Lanewise" : "Lanewise, scalar";
    return new Rival(who, threads, command, Map.of(), true);
  }

  /** The start of a command: this JDK with the Vector API. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    return command;
  }

  /** The start of a command: this JDK, the benchmarks and, for their own classes, the peers. */
  private static List<String> java(List<String> options, String main) {
    List<String> command = java();
    command.addAll(options);
    boolean peer = main.startsWith("peers.");
    String path = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", peer ? path + File.pathSeparator + jars() : path));
    command.add(peer ? "lanewise.bench." + main : main);
    return command;
  }

  /**
   * Writes the training data of all rivals.
   *
   * @param mnist a directory with MNIST; the built-in digits otherwise
   * @return the name of the data
   */
  static String writeData(Path mnist, Path into) throws IOException {
    Samples samples;
    String source;
    if (mnist != null) {
      try {
        samples = DataSource.directory(mnist).train();
      } catch (DataException e) {
        throw new IOException(e.getMessage(), e);
      }
      source = "MNIST";
    } else {
      samples = DataSource.builtin().train();
      source = "the built-in digits";
    }
    EpochData.of(samples).write(into);
    return "%s, %d rows".formatted(source, samples.rows());
  }
}
