package lanewise.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.model.Checkpoints;
import lanewise.model.ModelFile;

/**
 * The directory of a run, locked until it is closed.
 *
 * <p>{@code run.json} is written before the first step, {@code history.csv} grows line by line, and
 * {@code summary.json} comes last: it marks the run as complete.
 */
public final class RunDirectory implements Closeable {
  /** The page that {@code lanewise.report} makes of a run. */
  public static final String PAGE = "report.html";

  /** The files that belong to a run besides its record, its summary and its history. */
  private static final List<String> OTHERS =
      List.of(
          Checkpoints.FILE_NAME,
          Checkpoints.PREVIOUS_NAME,
          ModelFile.FILE_NAME,
          MistakesFile.FILE_NAME,
          PAGE);

  private final Path path;
  private final RunLock lock;

  private RunDirectory(Path path, RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates a directory if necessary and locks it.
   *
   * @throws RunException if another run is writing there
   * @throws IOException if it cannot be created or written to
   */
  static RunDirectory make(Path path) throws IOException {
    Files.createDirectories(path);
    return new RunDirectory(path, RunLock.take(path));
  }

  /**
   * Locks the directory of an existing run.
   *
   * @throws RunException if there is none or another run is writing there
   * @throws IOException if it cannot be written to
   */
  public static RunDirectory of(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new RunException(
          path
              + (Files.exists(path)
                  ? ": a file, expected a run's directory"
                  : ": no such directory"));
    }
    if (!Files.exists(path.resolve(RunRecord.FILE_NAME))) {
      throw new RunException(
          "%s: no run to resume: %s is missing".formatted(path, RunRecord.FILE_NAME));
    }
    return new RunDirectory(path, RunLock.take(path));
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** Whether the directory holds a run that is not complete. */
  boolean isUnfinished() {
    return Files.exists(path.resolve(RunRecord.FILE_NAME)) && !isFinished();
  }

  /** Whether the directory holds a complete run. */
  boolean isFinished() {
    return Files.exists(path.resolve(Summary.FILE_NAME));
  }

  /**
   * Begins a new run: deletes the files of an older one, its record first, so that none of them is
   * ever mistaken for the new run's; then writes the record.
   */
  void begin(RunRecord record) throws IOException {
    Files.deleteIfExists(path.resolve(RunRecord.FILE_NAME));
    Files.deleteIfExists(path.resolve(Summary.FILE_NAME));
    for (String name : OTHERS) {
      Files.deleteIfExists(path.resolve(name));
    }
    record.write(path);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
