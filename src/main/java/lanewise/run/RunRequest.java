package lanewise.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A new run.
 *
 * @param data where the data comes from
 * @param table how it is read and scaled if it is a table; empty for rows of grey bytes
 * @param recipe what determines the weights
 * @param session what does not
 * @param directory receives the files of the run; replaces those of an older run
 */
public record RunRequest(
    DataPlace data, Optional<TableSettings> table, Recipe recipe, Session session, Path directory) {
  /** A run on rows of grey bytes. */
  public RunRequest(DataPlace data, Recipe recipe, Session session, Path directory) {
    this(data, Optional.empty(), recipe, session, directory);
  }
}
