package lanewise.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lanewise.io.AtomicFile;
import lanewise.io.NewDirectories;
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

  /**
   * The files of a run, which no other output may replace. In this order, an older run's are
   * deleted: first what marks it as complete, so that it is never taken for more than is left of
   * it.
   */
  static final List<String> NAMES =
      List.of(
          Summary.FILE_NAME,
          Checkpoints.FILE_NAME,
          Checkpoints.PREVIOUS_NAME,
          ModelFile.FILE_NAME,
          MistakesFile.FILE_NAME,
          PAGE,
          History.FILE_NAME,
          RunRecord.FILE_NAME,
          RunLock.FILE_NAME);

  private final Path path;
  private final RunLock lock;
  private final NewDirectories created;

  /** Whether the directory holds a run; if not, nothing is to stay of it. */
  private boolean begun;

  private RunDirectory(Path path, NewDirectories created, boolean begun) throws IOException {
    this.path = path;
    this.created = created;
    this.begun = begun;
    try {
      this.lock = RunLock.take(path);
    } catch (IOException e) {
      created.remove();
      throw e;
    }
  }

  /**
   * Creates a directory if necessary and locks it.
   *
   * @throws RunException if another run is writing there
   * @throws IOException if it cannot be created or written to
   */
  static RunDirectory make(Path path) throws IOException {
    return new RunDirectory(path, NewDirectories.create(path), RunRecord.isIn(path));
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
    new Outputs(List.of()).run(path); // The lock is a file, too.
    return new RunDirectory(path, NewDirectories.create(path), true);
  }

  /** The files that a page of a run is made of: they must not be replaced by it. */
  public static List<Path> sources(Path path) {
    return NAMES.stream().filter(name -> !name.equals(PAGE)).map(path::resolve).toList();
  }

  /** Whether this program may have left a file behind in a directory without a run. */
  public static boolean isLeftBehind(Path file) {
    return file.endsWith(RunLock.FILE_NAME) || AtomicFile.isTemporary(file);
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
   * Begins a new run: deletes the files of an older one, then writes the record in place of the
   * older one's. At any time, the directory holds a run or nothing.
   */
  void begin(RunRecord record) throws IOException {
    tidy();
    for (String name : NAMES) {
      if (!name.equals(RunRecord.FILE_NAME) && !name.equals(RunLock.FILE_NAME)) {
        Files.deleteIfExists(path.resolve(name));
      }
    }
    record.write(path);
    begun = true;
  }

  /** Deletes the temporary files that killed processes have left. */
  void tidy() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(AtomicFile::isTemporary).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Checks that the directory is still the one that was locked.
   *
   * @throws RunLostException if it, or its lock, was moved, deleted or replaced
   */
  void checkHeld() throws RunLostException {
    if (!lock.isHeld()) {
      throw new RunLostException(
          "%s: the run's directory or its %s was moved, deleted or replaced; the run has stopped"
              .formatted(path, RunLock.FILE_NAME));
    }
  }

  @Override
  public void close() throws IOException {
    if (begun) {
      lock.close();
    } else {
      lock.closeAndDelete();
      created.remove();
    }
  }
}
