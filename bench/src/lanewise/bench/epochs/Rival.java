package lanewise.bench.epochs;

import java.util.List;
import java.util.Map;

/**
 * Who takes part in the contest of epochs.
 *
 * @param who for example NumPy
 * @param threads that it is told to use
 * @param command starts it; the data's directory is the last argument already
 * @param environment set for it, beside this process's
 * @param ours whether its loss must be the reference's to the last bit
 */
public record Rival(
    String who, int threads, List<String> command, Map<String, String> environment, boolean ours) {
  @Override
  public String toString() {
    return "%s, %d thread%s".formatted(who, threads, threads == 1 ? "" : "s");
  }
}
