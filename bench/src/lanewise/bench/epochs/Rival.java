package lanewise.bench.epochs;

import java.util.List;
import java.util.Map;

/**
 * A participant in the comparison of epochs.
 *
 * @param who its name, for example NumPy
 * @param threads how many threads it is told to use
 * @param command starts it, with the directory of the data as the last argument
 * @param environment variables added to those of this process
 * @param ours whether its loss must equal the reference in every bit
 */
public record Rival(
    String who, int threads, List<String> command, Map<String, String> environment, boolean ours) {
  @Override
  public String toString() {
    return "%s, %d thread%s".formatted(who, threads, threads == 1 ? "" : "s");
  }
}
