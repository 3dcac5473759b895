package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.data.Dataset;
import lanewise.nn.Mlp;
import lanewise.report.Settings;

/** Where a session of training starts: at a new run's first step, or where an old one stopped. */
interface RunBeginning {
  /** The directory of the run's files. */
  Path path();

  /**
   * Whether this is the data that the run learns from.
   *
   * @throws CommandFailure if it is other data
   */
  void check(Dataset data);

  /**
   * The network before the session's first step.
   *
   * @throws CommandFailure if the run had other settings
   * @throws IllegalArgumentException if there can be no such network
   */
  Mlp net(Settings settings);

  /**
   * Opens the run's files; before this, nothing is written.
   *
   * @param check called when no other run can come in between, before anything is changed
   * @throws IOException if they cannot be written
   */
  RunFiles open(Settings settings, Runnable check) throws IOException;

  /** The network before a run's very first step. */
  static Mlp untrained(Settings settings) {
    return Mlp.glorot(
        settings.seed(), settings.sizes().stream().mapToInt(Integer::intValue).toArray());
  }
}
