package lanewise.run;

import java.nio.file.Path;
import lanewise.model.Model;

/** How a session of a run ended, if not by an exception. */
public sealed interface RunOutcome {
  /**
   * The run is complete, and all its files are written.
   *
   * @param summary what {@code summary.json} holds
   * @param model the trained network
   * @param modelFile the file that holds it
   */
  record Completed(Summary summary, Model model, Path modelFile) implements RunOutcome {}

  /** The run to be resumed was complete already; nothing was changed. */
  record AlreadyComplete(RunResult result) implements RunOutcome {}

  /** The run was cancelled. */
  record Cancelled() implements RunOutcome {}
}
