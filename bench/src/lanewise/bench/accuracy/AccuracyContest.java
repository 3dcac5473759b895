package lanewise.bench.accuracy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lanewise.bench.Directories;
import lanewise.bench.results.Measurement;
import lanewise.bench.results.Results;

/**
 * Runs every entry once for each seed, and takes its time from start to exit and its final test
 * accuracy. All entries run a seed before any runs the next, so a slow quarter of an hour hits all
 * alike.
 */
public final class AccuracyContest {
  private final List<Entry> entries;
  private final Path work;
  private final File log;
  private final Consumer<String> progress;
  private final Set<Entry> skipped = new HashSet<>();

  /**
   * @param work a directory for the entries' output
   * @param log receives their standard error
   * @param progress receives a line for each run
   */
  public AccuracyContest(List<Entry> entries, Path work, File log, Consumer<String> progress) {
    this.entries = List.copyOf(entries);
    this.work = work;
    this.log = log;
    this.progress = progress;
  }

  /** Runs a seed, from 1; entries that fail are added to the failures. */
  public Results run(int seed) throws InterruptedException {
    Results results = new Results();
    for (int turn = 0; turn < entries.size(); turn++) {
      // Each seed starts with a different entry, so that none always runs after the same one.
      Entry entry = entries.get((turn + seed - 1) % entries.size());
      if (skipped.contains(entry)) {
        continue;
      }
      try {
        run(entry, seed, results);
      } catch (IOException e) {
        String failure = "seed %d, %s: %s".formatted(seed, entry, e.getMessage());
        results.failures().add(failure);
        progress.accept("FAILED: " + failure);
      }
    }
    return results;
  }

  private void run(Entry entry, int seed, Results results)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(work, "seed");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(entry.command(seed, directory.resolve("out")))
              .redirectError(ProcessBuilder.Redirect.appendTo(log));
      builder.environment().putAll(entry.environment());
      long start = System.nanoTime();
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      Optional<String> missing = line(out, "skipped (.+)");
      if (missing.isPresent()) {
        skipped.add(entry);
        results.versions().put(entry.toString(), "not measured, " + missing.get());
        progress.accept("%s: not measured, %s".formatted(entry, missing.get()));
        return;
      }
      if (status != 0) {
        throw new IOException("exit status %d, see %s".formatted(status, log));
      }
      double accuracy = accuracy(out);
      line(out, "ready (.+)").ifPresent(setting -> results.versions().put(entry.who(), setting));
      add(entry, "time", Measurement.SECONDS, seconds, results);
      add(entry, "accuracy", Measurement.PERCENT, accuracy, results);
      progress.accept("seed %d, %s: %.2f %% in %.2f s".formatted(seed, entry, accuracy, seconds));
    } finally {
      Directories.delete(directory);
    }
  }

  /** Returns the test accuracy that a process printed, in per cent. */
  static double accuracy(String out) throws IOException {
    return line(out, "Test Accuracy: (\\d{1,3}(?:\\.\\d+)?)%")
        .map(Double::valueOf)
        .orElseThrow(() -> new IOException("it printed no line 'Test Accuracy: 98.61%'"));
  }

  /** Returns the group of the last line that matches. */
  private static Optional<String> line(String out, String pattern) {
    return Pattern.compile("^" + pattern + "$", Pattern.MULTILINE)
        .matcher(out)
        .results()
        .reduce((first, last) -> last)
        .map((MatchResult found) -> found.group(1));
  }

  private static void add(Entry entry, String what, String unit, double value, Results results) {
    Map<String, String> params =
        Map.of("who", entry.who(), "how", entry.how(), "bar", "" + entry.bar(), "what", what);
    results.add(new Measurement("accuracy", params, unit, 0, 0, 0, List.of(List.of(value))));
  }
}
