package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;

/** The state that a session of training starts from: a new run's, or that of a checkpoint. */
sealed interface RunBeginning permits NewRun, ResumedRun {
  /** The directory of the run. */
  Path path();

  /** When the run started. */
  RunClock clock();

  /**
   * The network before the session's first step.
   *
   * @throws RunException if the run was started with other data or settings
   * @throws IllegalArgumentException if the network is too large
   */
  Mlp net(Settings settings) throws RunException;

  /** What training depends on besides the network; empty at the beginning of a run. */
  Optional<TrainingState> state();

  /**
   * Opens the files of the run. Nothing is written before.
   *
   * @param data where the data was found
   * @param model checked for being writable once no other run can interfere, before anything else
   *     changes
   * @param net see {@link #net}
   * @throws IOException if they cannot be written
   */
  RunFiles open(Settings settings, DataPlace data, SavedModel model, Mlp net, RunListener listener)
      throws IOException;

  /** The network before the first step of a run. */
  static Mlp initial(Settings settings) {
    return settings.recipe().network(settings.sizes(), settings.task());
  }
}
