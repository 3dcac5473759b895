package lanewise.run;

import java.nio.file.Path;

/**
 * The result of a completed run.
 *
 * @param testAccuracy share of test rows classified correctly, 0 to 1
 * @param weightsSha256 of all parameters
 */
public record RunResult(double testAccuracy, String weightsSha256) {
  /**
   * Reads the summary in a directory.
   *
   * @throws RunException if it is missing or damaged
   */
  static RunResult read(Path directory) throws RunException {
    JsonObject json = JsonObject.read(directory.resolve(Summary.FILE_NAME));
    return new RunResult(json.real("test.accuracy"), json.text("weights.sha256"));
  }
}
