package lanewise.run;

import java.nio.file.Path;
import java.util.Optional;
import lanewise.model.Model;

/** How a session of a run ended, if not by an exception. */
public sealed interface RunOutcome {
  /**
   * The run is complete, and the files in its directory are written.
   *
   * @param summary what {@code summary.json} holds
   * @param model the trained network
   * @param modelFile the file that holds it
   * @param problem why this is not the file that was requested; empty if it is
   */
  record Completed(Summary summary, Model model, Path modelFile, Optional<RunException> problem)
      implements RunOutcome {}

  /**
   * The run to be resumed was complete already, and no file in its directory was changed.
   *
   * @param modelFile the file that its network was saved to now, if that was requested
   */
  record AlreadyComplete(RunResult result, Optional<Path> modelFile) implements RunOutcome {}

  /** The run was cancelled. */
  record Cancelled() implements RunOutcome {}
}
