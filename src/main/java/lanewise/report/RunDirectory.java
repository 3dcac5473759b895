package lanewise.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory that a run writes to, its own until it is closed.
 *
 * <p>{@code run.json} is there before the first step, {@code history.csv} grows, {@code
 * summary.json} comes last and says that the run is finished.
 */
public final class RunDirectory implements Closeable {
  private final Path path;
  private final RunLock lock;

  private RunDirectory(Path path, RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a directory, if need be, and locks it.
   *
   * @throws RunException if another run is writing there
   * @throws IOException if it cannot be made or written to
   */
  public static RunDirectory make(Path path) throws IOException {
    Files.createDirectories(path);
    return new RunDirectory(path, RunLock.take(path));
  }

  /**
   * Locks the directory of a run that began before.
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
          "%s: no run to go on with, expected %s there".formatted(path, RunRecord.FILE_NAME));
    }
    return new RunDirectory(path, RunLock.take(path));
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** Whether a run began here and did not come to its end. */
  public boolean isUnfinished() {
    return Files.exists(path.resolve(RunRecord.FILE_NAME)) && !isFinished();
  }

  /** Whether the run here has come to its end. */
  public boolean isFinished() {
    return Files.exists(path.resolve(Summary.FILE_NAME));
  }

  /**
   * Begins a new run: removes what an older one left, the record first, so that nothing of the old
   * run is ever taken for the new one's; then writes the record.
   *
   * @param leftovers names of the files that other rooms write here
   */
  public void begin(RunRecord record, List<String> leftovers) throws IOException {
    Files.deleteIfExists(path.resolve(RunRecord.FILE_NAME));
    Files.deleteIfExists(path.resolve(Summary.FILE_NAME));
    for (String name : leftovers) {
      Files.deleteIfExists(path.resolve(name));
    }
    record.write(path);
  }

  /**
   * What the run here was asked for.
   *
   * @throws RunException if the record is damaged
   */
  public RunRecord record() throws RunException {
    return RunRecord.read(path);
  }

  /**
   * What the finished run here came to.
   *
   * @throws RunException if its summary is damaged
   */
  public RunResult result() throws RunException {
    return RunResult.read(path);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
