package lanewise.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lanewise.bench.Width;
import lanewise.bench.results.Report;
import lanewise.bench.results.Results;
import lanewise.run.Machine;
import lanewise.run.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures everything; writes results, tables and charts, and quotes them in bench/README.md. */
@Command(
    name = "bench/compare",
    sortOptions = false,
    usageHelpWidth = 80,
    description = "Compares Lanewise with other libraries and writes the results.",
    footer = {
      "",
      "Writes MACHINE.json, tables as MACHINE.md, charts as SVG, and the marked",
      "parts of bench/README.md. Keep the machine otherwise idle.",
      "Exit status 1 if something could not be measured or was wrong."
    })
public final class Compare implements Callable<Integer> {
  /** The results that bench/README.md quotes. */
  private static final Path RESULTS = Path.of("bench", "results");

  /** Of the time to accuracy; fewer are not quoted. */
  private static final int QUOTED_SEEDS = 5;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "standard",
      description =
          "quick: 3 minutes, without peers; standard (default): 20 minutes; full: 3 JVMs each,"
              + " about 2 hours; smoke: everything of quick once, untimed")
  private Profile profile;

  @Option(names = "--forks", paramLabel = "N", description = "rounds, each in new JVMs")
  private Integer forks;

  @Option(
      names = "--scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "measures each thing X times as long")
  private double scale;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description =
          "only items whose names match; accuracy: the time to accuracy, which runs only if it is"
              + " asked for")
  private Pattern only;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "seeds of the time to accuracy: 1 to N (default: 10)")
  private int seeds;

  @Option(names = "--no-peers", description = "Lanewise only")
  private boolean noPeers;

  @Option(
      names = "--mnist",
      paramLabel = "DIR",
      description =
          "MNIST, for the epochs (default: data, if it is there, else built-in digits) and the time"
              + " to accuracy")
  private Path mnist;

  @Option(
      names = "--name",
      paramLabel = "MACHINE",
      description = "name of the files (default: the CPU's vendor, family and model)")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "output directory (default: bench/results for all of standard or full,"
              + " and for the time to accuracy of at least 5 seeds, which bench/README.md quotes;"
              + " else target/bench)")
  private Path out;

  @Option(names = "--plan", description = "lists what would be measured, and for how long")
  private boolean planOnly;

  @Option(names = "--help", usageHelp = true, description = "this text")
  private boolean help;

  /** See the class. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Compare()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          String[] lines = e.getMessage().split("\\R");
          System.err.println("bench/compare: " + lines[0] + "; see bench/compare --help");
          return 2;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          System.err.println("bench/compare: " + e.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int rounds = isContest() ? seeds : forks == null ? profile.forks : forks;
    if (rounds < 1 || !(scale > 0 && scale <= 100)) {
      throw new IOException(
          "--forks and --seeds must be at least 1, --scale above 0 and at most 100");
    }
    // The script changes to the project's directory.
    Path from = Path.of(System.getProperty("lanewise.from", ""));
    if (mnist != null && !Files.isDirectory(from.resolve(mnist))) {
      throw new IOException("--mnist: no such directory: " + mnist);
    }
    Predicate<String> wanted = only == null ? name -> true : only.asPredicate();
    List<Item> items =
        Plan.items(
                profile.whole, Width.SPECIES.length(), Runtime.getRuntime().availableProcessors())
            .stream()
            .filter(item -> wanted.test(item.toString()))
            .toList();
    boolean peers = profile.whole && !noPeers && Peers.built();
    Comparison comparison =
        new Comparison(
            profile,
            scale,
            items,
            peers && wanted.test("sgemm"),
            peers && wanted.test("predictions"),
            profile.whole && wanted.test("epochs"),
            isContest(),
            peers);
    if (comparison.isEmpty()) {
      throw new IOException("--only: no item matches %s".formatted(only));
    }
    List<?> plan = isContest() ? Peers.accuracyEntries(Path.of(""), peers) : items;
    System.err.printf(
        "%d %s, %d round%s, about %s%n",
        plan.size(),
        isContest() ? "entries" : "benchmarks",
        rounds,
        rounds == 1 ? "" : "s",
        Progress.minutes(rounds * comparison.secondsOfARound()));
    if (planOnly) {
      plan.forEach(System.out::println);
      return 0;
    }
    if (profile == Profile.SMOKE) {
      System.setProperty("jmh.ignoreLock", "true"); // Nothing is timed.
    }
    return write(comparison, rounds, from);
  }

  /** Whether to measure the time to accuracy, and nothing else. */
  private boolean isContest() {
    return only != null && only.pattern().equals("accuracy");
  }

  private int write(Comparison comparison, int rounds, Path from)
      throws IOException, InterruptedException {
    boolean quoted =
        out == null && profile.whole && (isContest() ? seeds >= QUOTED_SEEDS : only == null);
    Path directory =
        out != null ? from.resolve(out) : quoted ? RESULTS : Path.of("target", "bench");
    String machine = (name == null ? MachineName.here() : name) + (isContest() ? "-accuracy" : "");
    Path json = directory.resolve(machine + ".json");
    Path usualData = Path.of("data", "train-images-idx3-ubyte.gz");
    Path data =
        mnist != null
            ? from.resolve(mnist)
            : Files.exists(usualData) ? usualData.getParent() : null;
    if (isContest() && (data == null || !Files.exists(data.resolve(usualData.getFileName())))) {
      throw new IOException("the time to accuracy needs MNIST as IDX, gzipped: --mnist DIR");
    }
    Results results = comparison.run(rounds, data, facts(machine, rounds), json);
    Report report = new Report(results, directory, machine);
    report.write();
    if (quoted) {
      report.quoteIn(Path.of("bench", "README.md"));
    }
    results.failures().forEach(failure -> System.err.println("FAILED: " + failure));
    System.err.printf("written: %s, with tables and charts next to it%n", json);
    return results.failures().isEmpty() ? 0 : 1;
  }

  private Map<String, String> facts(String machine, int rounds) {
    Machine here = Machine.here();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machine", machine);
    facts.put("cpu", here.cpu());
    facts.put("cores", "" + here.cores());
    facts.put("lanes", "" + Width.SPECIES.length());
    facts.put("jdk", here.jvm());
    facts.put("os", here.os());
    facts.put(
        "flags", (isContest() ? "" : "-Xms1g -Xmx1g ") + "--add-modules jdk.incubator.vector");
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("lanewise", Version.text() + System.getProperty("lanewise.commit", ""));
    facts.put("profile", profile.name().toLowerCase(Locale.ROOT));
    facts.put("rounds", "" + rounds);
    if (isContest()) {
      facts.put("seeds", "" + rounds);
    }
    // Leaves out the paths of this machine.
    String command = System.getProperty("lanewise.command", "bench/compare");
    facts.put("command", command.replaceAll("(?<=[ =])/\\S+", "DIR"));
    return facts;
  }
}
