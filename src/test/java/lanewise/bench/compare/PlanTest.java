package lanewise.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lanewise.bench.accuracy.Entry;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** The plan contains every benchmark with valid parameters. */
class PlanTest {
  @Test
  void everyItemIsABenchmarkWithAllItsParameters() throws Exception {
    for (Item item : Plan.items(true, 16, 4)) {
      String method = item.method();
      Class<?> type =
          Class.forName("lanewise.bench." + method.substring(0, method.lastIndexOf('.')));
      Set<String> names = new HashSet<>();
      for (var field : type.getFields()) {
        Param param = field.getAnnotation(Param.class);
        if (param != null) {
          names.add(field.getName());
          boolean number = field.getName().equals("threads");
          assertTrue(
              number || List.of(param.value()).contains(item.params().get(field.getName())),
              () -> item + " has a value of its own for " + field.getName());
        }
      }
      assertEquals(names, item.params().keySet(), item.toString());
    }
  }

  @Test
  void theWholePlanRunsEveryBenchmark() throws IOException {
    List<Item> items = Plan.items(true, 16, 2);
    String list;
    try (InputStream in = PlanTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : list.lines().toList()) {
      String[] words = line.split(" ");
      String method = words[3] + "." + words[9];
      if (!method.startsWith("lanewise.bench.peers.")) {
        assertTrue(
            items.stream().anyMatch(item -> Pattern.compile(item.include()).matcher(method).find()),
            method + " is in the plan");
      }
    }
  }

  @Test
  void noDuplicateItems() {
    for (boolean whole : new boolean[] {true, false}) {
      List<Item> items = Plan.items(whole, 8, 2);
      assertEquals(items.size(), Set.copyOf(items).size());
    }
  }

  @Test
  void profilesTakeAsLongAsDocumented() {
    assertTrue(seconds(Profile.QUICK) < 170, "quick: " + seconds(Profile.QUICK));
    double standard =
        seconds(Profile.STANDARD)
            + Peers.sgemmSeconds(Profile.STANDARD.peerRounds)
            + Peers.predictionSeconds(Profile.STANDARD.peerRounds)
            + Peers.epochSeconds(Profile.STANDARD.epochRounds, true);
    assertTrue(standard < 25 * 60, "standard: " + standard);
    assertTrue(Profile.FULL.forks >= 3);
  }

  @Test
  void theTimeToAccuracyHasOurRecipesAndThePeers() {
    Path mnist = Path.of("mnist");
    List<Entry> ours = Peers.accuracyEntries(mnist, false);
    assertEquals(
        List.of(
            "Lanewise, `--recipe fast`",
            "Lanewise, `--recipe best --epochs 10`",
            "Lanewise, `--recipe best`"),
        ours.stream().map(Entry::toString).toList());
    assertEquals(List.of(98.4, 99.0, 99.2), ours.stream().map(Entry::bar).toList());
    String command = String.join(" ", ours.get(1).command());
    String expected =
        "-jar %s train --data mnist --recipe best --epochs 10 --seed {seed} --threads 2 --out {out}"
            + " --quiet";
    assertTrue(command.endsWith(expected.formatted(Path.of("target", "lanewise.jar"))), command);
    List<Entry> all = Peers.accuracyEntries(mnist, true);
    assertEquals(ours, all.subList(0, ours.size()));
    assertEquals(all.size(), Set.copyOf(all.stream().map(Entry::toString).toList()).size());
    assertTrue(all.stream().allMatch(entry -> entry.command().contains(Entry.SEED)));
    assertEquals(
        Set.of("Lanewise", "PyTorch", "NumPy", "scikit-learn"),
        Set.copyOf(all.stream().map(Entry::who).toList()));
    double minutes = 10 * Peers.accuracySeconds(true) / 60;
    assertTrue(minutes > 20 && minutes < 40, "ten seeds: %s minutes".formatted(minutes));
  }

  private static double seconds(Profile profile) {
    JmhRun.Timing timing =
        new JmhRun.Timing(
            profile != Profile.SMOKE,
            profile.warmUps,
            profile.warmUpMillis / 1e3,
            profile.iterations,
            profile.iterationMillis / 1e3);
    return Plan.items(profile.whole, 16, 2).stream().mapToDouble(timing::seconds).sum();
  }

  @Test
  void threadsAreOneAndDoublesAndAll() {
    assertEquals(List.of(1), Plan.threads(1));
    assertEquals(List.of(1, 2), Plan.threads(2));
    assertEquals(List.of(1, 2, 4, 6), Plan.threads(6));
    assertEquals(List.of(1, 2, 4, 8), Plan.threads(8));
  }
}
