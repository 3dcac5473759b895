package lanewise.report;

import java.nio.file.Path;

/**
 * What a finished run came to, as its summary tells.
 *
 * @param testAccuracy the share of test rows read right, 0 to 1
 * @param weightsSha256 of all parameters
 */
public record RunResult(double testAccuracy, String weightsSha256) {
  /**
   * Reads the summary in a directory.
   *
   * @throws RunException if there is none or it is damaged
   */
  static RunResult read(Path directory) throws RunException {
    JsonObject json = JsonObject.read(directory.resolve(Summary.FILE_NAME));
    return new RunResult(json.real("test.accuracy"), json.text("weights.sha256"));
  }
}
