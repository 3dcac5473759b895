package lanewise.bench.compare;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lanewise.bench.Width;
import lanewise.bench.results.Report;
import lanewise.bench.results.Results;
import lanewise.bench.results.ResultsFile;
import lanewise.report.Machine;
import lanewise.report.Version;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures everything, writes results, tables and pictures, and quotes them in the READMEs. */
@Command(
    name = "bench/compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 80,
    description = "Measures Lanewise and its peers, and writes what came out.",
    footer = {
      "",
      "Writes bench/results/MACHINE.json, tables as MACHINE.md, pictures as SVG, and",
      "the marked parts of README.md and bench/README.md. Leave the machine alone",
      "meanwhile. Exit status 1 if something could not be measured or was wrong."
    })
public final class Compare implements Callable<Integer> {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "standard",
      description = {
        "quick: 3 minutes, without peers; standard (the default): 20 minutes;",
        "full: 3 JVMs each, about 2 hours; smoke: everything of quick once, untimed."
      })
  private Profile profile;

  @Option(names = "--forks", paramLabel = "N", description = "rounds, with JVMs of their own")
  private Integer forks;

  @Option(
      names = "--scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "measures each thing X times as long")
  private double scale;

  @Option(names = "--only", paramLabel = "REGEX", description = "only what has this in its name")
  private String only;

  @Option(names = "--no-peers", description = "Lanewise alone")
  private boolean noPeers;

  @Option(
      names = "--mnist",
      paramLabel = "DIR",
      description = "MNIST, for the epochs (default: data, if it is there, else built-in digits)")
  private Path mnist;

  @Option(
      names = "--name",
      paramLabel = "MACHINE",
      description = "of the files (default: the CPU's name)")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "bench/results",
      description = "where they go; READMEs are quoted into for the default alone")
  private Path out;

  @Option(names = "--plan", description = "lists what would be measured, and for how long")
  private boolean planOnly;

  private final Results results = new Results();

  /** See the class. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Compare()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println("bench/compare: " + e.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    int rounds = forks == null ? profile.forks : forks;
    if (rounds < 1 || !(scale > 0 && scale <= 100)) {
      throw new IOException("--forks is at least 1, --scale above 0 and at most 100");
    }
    if (mnist != null && !Files.isDirectory(mnist)) {
      throw new IOException("--mnist: no such directory: " + mnist);
    }
    Pattern wanted = only == null ? Pattern.compile("") : Pattern.compile(only);
    List<Item> items =
        Plan.items(
                profile.whole, Width.SPECIES.length(), Runtime.getRuntime().availableProcessors())
            .stream()
            .filter(item -> wanted.matcher(item.toString()).find())
            .toList();
    boolean sgemm = peers() && wanted.matcher("sgemm").find();
    boolean epochs = profile.whole && wanted.matcher("epochs").find();
    JmhRun.Timing timing =
        new JmhRun.Timing(
            profile != Profile.SMOKE,
            profile.warmUps,
            scale * profile.warmUpMillis / 1e3,
            profile.iterations,
            scale * profile.iterationMillis / 1e3);
    int sgemmRounds = (int) Math.max(1, Math.round(scale * profile.sgemmRounds));
    int epochRounds = (int) Math.max(1, Math.round(scale * profile.epochRounds));
    double expected = items.stream().mapToDouble(timing::seconds).sum();
    expected += sgemm ? Peers.sgemmSeconds(sgemmRounds) : 0;
    expected += epochs ? Peers.epochSeconds(epochRounds, peers()) : 0;
    System.err.printf(
        "%d benchmarks, %d round%s, about %s%n",
        items.size(), rounds, rounds == 1 ? "" : "s", Progress.minutes(rounds * expected));
    if (planOnly) {
      items.forEach(System.out::println);
      return 0;
    }
    Path work = Files.createTempDirectory("lanewise-compare");
    Path logFile = Path.of("target", "compare.log");
    Files.createDirectories(logFile.getParent());
    long start = System.nanoTime();
    try (PrintStream log =
        new PrintStream(new FileOutputStream(logFile.toFile()), true, StandardCharsets.UTF_8)) {
      Progress progress = new Progress(System.err, rounds * expected);
      Peers peers = new Peers(work, logFile.toFile(), progress::say);
      facts(rounds);
      if (epochs) {
        results.facts().put("data", Peers.writeData(mnist(), work));
      }
      for (int round = 0; round < rounds; round++) {
        runItems(items, new JmhRun(timing, log), timing, progress);
        if (sgemm) {
          guarded("sgemm", () -> peers.sgemm(sgemmRounds), progress);
          progress.done(Peers.sgemmSeconds(sgemmRounds), "sgemm side by side");
        }
        if (epochs) {
          guarded("epochs", () -> peers.epochs(epochRounds, work, peers()), progress);
          progress.done(Peers.epochSeconds(epochRounds, peers()), "epochs side by side");
        }
        results.facts().put("minutes", "%.0f".formatted((System.nanoTime() - start) / 6e10));
        // After each round, so that what was measured stays if the rest is cut off.
        ResultsFile.write(file(".json"), results);
      }
    } finally {
      deleteAll(work);
    }
    new Report(results, out, name()).write(readmes());
    results.failures().forEach(failure -> System.err.println("FAILED: " + failure));
    System.err.println("written: " + file(".json") + " and " + file(".md") + ", with pictures");
    return results.failures().isEmpty() ? 0 : 1;
  }

  private void runItems(List<Item> items, JmhRun jmh, JmhRun.Timing timing, Progress progress) {
    for (Item item : items) {
      try {
        var measurement = jmh.run(item);
        results.add(measurement);
        String speed =
            measurement.gflop() > 0
                ? "%.1f GFLOP/s".formatted(measurement.gflops())
                : "%.4g operations/s".formatted(measurement.rate());
        progress.done(timing.seconds(item), item + ": " + speed);
      } catch (RunnerException | RuntimeException e) {
        results.failures().add("%s: %s".formatted(item, reason(e)));
        progress.done(timing.seconds(item), "FAILED: %s: %s".formatted(item, reason(e)));
      }
    }
  }

  private void guarded(String what, Callable<Results> part, Progress progress)
      throws InterruptedException {
    try {
      results.addAll(part.call());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      results.failures().add("%s: %s".formatted(what, reason(e)));
      progress.say("FAILED: %s: %s".formatted(what, reason(e)));
    }
  }

  private static String reason(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  private void facts(int rounds) {
    Machine machine = Machine.here();
    Map<String, String> facts = results.facts();
    facts.put("machine", name());
    facts.put("cpu", machine.cpu());
    facts.put("cores", "" + machine.cores());
    facts.put("lanes", "" + Width.SPECIES.length());
    facts.put("jdk", machine.jvm());
    facts.put("os", machine.os());
    facts.put("flags", "-Xms1g -Xmx1g --add-modules jdk.incubator.vector");
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put("lanewise", Version.text() + System.getProperty("lanewise.commit", ""));
    facts.put("profile", profile.name().toLowerCase(Locale.ROOT));
    facts.put("rounds", "" + rounds);
    facts.put("command", System.getProperty("lanewise.command", "bench/compare"));
  }

  private boolean peers() {
    return profile.whole && !noPeers && Peers.built();
  }

  private Path mnist() {
    Path usual = Path.of("data", "train-images-idx3-ubyte.gz");
    return mnist != null ? mnist : Files.exists(usual) ? usual.getParent() : null;
  }

  private List<Path> readmes() {
    boolean usual = out.equals(Path.of("bench", "results"));
    return usual ? List.of(Path.of("README.md"), Path.of("bench", "README.md")) : List.of();
  }

  private Path file(String end) {
    return out.resolve(name() + end);
  }

  /** As in amd-epyc-2-cores. */
  private String name() {
    if (name != null) {
      return name;
    }
    Machine machine = Machine.here();
    String cpu = machine.cpu().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-%d-cores".formatted(cpu.replaceAll("^-|-$", ""), machine.cores());
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        Files.delete(path);
      }
    }
    Files.delete(directory);
  }
}
