package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.run.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five data sets that nobody here made, from scikit-learn's package, five splits and four seeds
 * each: the mean test accuracy, or R2, is at most one point below that of scikit-learn's perceptron
 * of the same size. {@code mvn -Ptables test -Dlanewise.sklearn=PYTHON} runs it.
 */
@EnabledIfSystemProperty(named = "lanewise.sklearn", matches = ".+")
class SklearnTablesTest {
  private static final String REGRESSION = "diabetes";
  private static final int SPLITS = 5;

  /** One network's accuracy on 45 test rows is a matter of luck to within two points. */
  private static final int SEEDS = 4;

  private static final double POINT = 0.01;

  @TempDir private Path directory;

  /** Sums over the splits. */
  private static final class Sums {
    private double theirs;
    private double ours;
    private double theirSeconds;
    private double ourSeconds;
    private int splits;
  }

  @Test
  void itLearnsAsMuchAsScikitLearn() throws Exception {
    peer("export");
    Map<String, Sums> all = new LinkedHashMap<>();
    for (String line : peer("score")) {
      String[] cells = line.split(",");
      Sums sums = all.computeIfAbsent(cells[0], name -> new Sums());
      sums.theirs += Double.parseDouble(cells[2]);
      sums.theirSeconds += Double.parseDouble(cells[3]);
      long start = System.nanoTime();
      for (int seed = 0; seed < SEEDS; seed++) {
        sums.ours += score(cells[0], cells[1], seed) / SEEDS;
      }
      sums.ourSeconds += (System.nanoTime() - start) * 1e-9 / SEEDS;
      sums.splits++;
    }
    assertEquals(5, all.size());
    System.out.println("| data | scikit-learn | Lanewise | scikit-learn | Lanewise |");
    all.forEach(
        (name, sums) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.4f | %.4f | %.2f s | %.2f s |%n",
                name,
                sums.theirs / SPLITS,
                sums.ours / SPLITS,
                sums.theirSeconds / SPLITS,
                sums.ourSeconds / SPLITS));
    all.forEach(
        (name, sums) -> {
          assertEquals(SPLITS, sums.splits, name);
          assertTrue(sums.ours / SPLITS >= sums.theirs / SPLITS - POINT, name);
        });
  }

  private double score(String name, String split, int seed) throws IOException {
    boolean regression = name.equals(REGRESSION);
    Path out = directory.resolve("run");
    List<String> args = new ArrayList<>(List.of("train", "--out", out.toString(), "--quiet"));
    for (String part : List.of("train", "test")) {
      Path file = directory.resolve("%s-%s-%s.csv".formatted(name, split, part));
      args.addAll(List.of("--" + part, file.toString()));
    }
    args.addAll(List.of("--label", "label", "--task", regression ? "regress" : "classify"));
    args.addAll(List.of("--hidden", "64", "--epochs", "200", "--seed", "" + seed));
    args.addAll(List.of("--checkpoint-every", "0"));
    CommandRun run = CommandRun.of(args);
    assertEquals(0, run.status(), run.err());
    Json summary = Json.read(out.resolve("summary.json"));
    return ((Number) summary.at(regression ? "test.r2" : "test.accuracy")).doubleValue();
  }

  private List<String> peer(String command) throws IOException, InterruptedException {
    String python = System.getProperty("lanewise.sklearn");
    Process process =
        new ProcessBuilder(python, "bench/table_peers.py", command, directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), "table_peers.py " + command);
    return out.lines().toList();
  }
}
