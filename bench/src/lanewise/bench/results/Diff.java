package lanewise.bench.results;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code bench/diff OLD.json NEW.json}: prints slowdowns, speed-ups and the tolerated noise. Exit
 * status: 0 without slowdowns, 1 with slowdowns, 2 for an invalid command or file.
 */
public final class Diff {
  private static final List<String> SAME = List.of("cpu", "cores", "lanes", "jdk", "profile");

  private Diff() {}

  /** Runs the command; see the class. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the command and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    boolean help = args.length == 1 && List.of("-h", "--help").contains(args[0]);
    if (args.length != 2) {
      (help ? out : err)
          .println(
              "usage: bench/diff OLD.json NEW.json\n"
                  + "prints what got slower from one file of bench/results to the other");
      return help ? 0 : 2;
    }
    Results old;
    Results now;
    try {
      old = ResultsFile.read(Path.of(args[0]));
      now = ResultsFile.read(Path.of(args[1]));
    } catch (IOException e) {
      err.println("bench/diff: " + e.getMessage());
      return 2;
    }
    return print(old, now, out);
  }

  private static int print(Results old, Results now, PrintStream out) {
    for (String fact : SAME) {
      String before = old.facts().get(fact);
      String after = now.facts().get(fact);
      if (before != null && !before.equals(after)) {
        out.printf("differs: %s was %s, is %s%n", fact, before, after);
      }
    }
    Regressions regressions = Regressions.between(old, now);
    table(out, "slower", regressions.slower());
    table(out, "faster", regressions.faster());
    int rest =
        regressions.changes().size() - regressions.slower().size() - regressions.faster().size();
    out.printf("%d of %d unchanged%n", rest, regressions.changes().size());
    if (!regressions.missing().isEmpty()) {
      out.printf(
          "%d in the old file only, for example %s%n",
          regressions.missing().size(), regressions.missing().get(0));
    }
    out.printf(
        "Tolerated as noise: %.0f %%, or %.1f times the spread of both runs (half of the 10th to"
            + " 90th percentile range) if that is more. Smaller changes are not shown.%n",
        100 * Regressions.FLOOR, Regressions.SPREADS);
    return regressions.slower().isEmpty() ? 0 : 1;
  }

  private static void table(PrintStream out, String title, List<Regressions.Change> changes) {
    for (Regressions.Change change : changes) {
      out.printf(
          "%s %+6.1f %% (noise %4.1f %%)  %s%n",
          title, 100 * (change.factor() - 1), 100 * change.tolerance(), change.now().id());
    }
  }
}
