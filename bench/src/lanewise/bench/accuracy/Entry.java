package lanewise.bench.accuracy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A participant in the time to accuracy: a process that reads MNIST, trains, prints {@code Test
 * Accuracy: 98.61%} and exits.
 *
 * <p>It may also print {@code ready SETTING}, for readers of the figures, or {@code skipped REASON}
 * if something that it needs is not installed.
 *
 * @param who its name, for example NumPy
 * @param how what it runs, for example 4 epochs
 * @param bar the test accuracy to reach, in per cent
 * @param seconds approximate duration
 * @param command starts it; {@link #SEED} and {@link #OUT} are replaced
 * @param environment variables added to those of this process
 */
public record Entry(
    String who,
    String how,
    double bar,
    double seconds,
    List<String> command,
    Map<String, String> environment) {
  /** In place of the seed. */
  public static final String SEED = "{seed}";

  /** In place of a directory to create for output. */
  public static final String OUT = "{out}";

  /** Returns the command of a seed. */
  List<String> command(int seed, Path out) {
    return command.stream()
        .map(word -> word.equals(SEED) ? "" + seed : word.equals(OUT) ? out.toString() : word)
        .toList();
  }

  @Override
  public String toString() {
    return "%s, %s".formatted(who, how);
  }
}
