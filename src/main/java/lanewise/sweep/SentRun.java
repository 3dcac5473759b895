package lanewise.sweep;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lanewise.io.AtomicFile;
import lanewise.run.RunRecord;
import lanewise.run.Summary;

/**
 * What is kept of a run that was made on another machine: its row and, unless it diverged, the
 * files by which its directory counts as that of a completed run. The network is not among them.
 *
 * @param files by their names, a few kilobytes
 */
public record SentRun(SweepRow row, Map<String, byte[]> files) implements Serializable {
  /** The last one marks the run as complete. */
  private static final List<String> NAMES = List.of(RunRecord.FILE_NAME, Summary.FILE_NAME);

  /**
   * Reads what is to be sent.
   *
   * @param directory of the run, where it was made
   */
  public static SentRun read(SweepRow row, Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (!row.failed()) {
      for (String name : NAMES) {
        files.put(name, Files.readAllBytes(directory.resolve(name)));
      }
    }
    return new SentRun(row, files);
  }

  /**
   * Writes the files.
   *
   * @param directory of the run in the directory of the sweep
   */
  void write(Path directory) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Files.createDirectories(directory);
    for (String name : NAMES) {
      ByteBuffer bytes = ByteBuffer.wrap(files.get(name));
      AtomicFile.write(directory.resolve(name), target -> target.write(bytes));
    }
    PlannedRun.deleteCheckpoints(directory); // Of a session that made it here, but not to its end.
  }
}
