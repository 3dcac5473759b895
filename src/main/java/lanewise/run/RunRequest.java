package lanewise.run;

import java.nio.file.Path;

/**
 * A new run.
 *
 * @param data where the data comes from
 * @param recipe what determines the weights
 * @param session what does not
 * @param directory receives the files of the run; replaces those of an older run
 */
public record RunRequest(DataPlace data, Recipe recipe, Session session, Path directory) {}
