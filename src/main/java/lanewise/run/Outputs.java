package lanewise.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.io.AtomicFile;

/**
 * Decides what the outputs of a command may replace, before anything is written. Every command
 * declares what it reads, then what it writes.
 *
 * <p>An output file may be a new file, or replace a regular file, whoever's, as it was named for
 * that. It never replaces
 *
 * <ul>
 *   <li>a file that the command reads,
 *   <li>another output of the command,
 *   <li>a file of any run: {@link RunDirectory#NAMES} in a directory with a {@code run.json}; the
 *       command's own is the exception.
 * </ul>
 *
 * <p>An output directory is new, empty or that of a run. Of its files, only those of the run are
 * ever replaced or deleted.
 *
 * <p>Files are compared by identity: links of both kinds and names on file systems that ignore case
 * do not disguise them.
 */
public final class Outputs {
  private final List<Path> inputs;

  /** What each file is once links are followed, by its name. */
  private final Map<Path, Path> files = new LinkedHashMap<>();

  private Path directory;

  /**
   * Declares what the command reads.
   *
   * @param inputs need not exist
   */
  public Outputs(List<Path> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  /**
   * Adds a file that the command writes.
   *
   * @param file may exist or not
   * @param own the file of a run that this command may write; null if there is none
   * @throws RunException if it would replace what it must not, or is no place for a file
   */
  public void add(Path file, Path own) throws RunException {
    try {
      if (file.endsWith(".") || file.endsWith("..")) {
        throw refusal(file, "it is a directory");
      }
      checkUpward(file);
      Path target = place(file);
      AtomicFile.checkReplaceable(target);
      checkAbove(target);
      checkNotRead(target, file);
      for (Path other : files.values()) {
        if (isSame(target, other)) {
          throw refusal(file, "two outputs of this command have this name");
        }
        if (target.startsWith(other) || other.startsWith(target)) {
          throw refusal(file, "another output of this command is above or below it");
        }
      }
      if (directory != null) {
        checkBeside(place(directory), target, file);
      }
      if (own == null || !isSame(target, own) || Files.isSymbolicLink(own)) {
        checkNotOfRun(target, file);
      }
      files.put(file, target);
    } catch (IOException e) {
      throw RunException.cannotWrite(file, e);
    }
  }

  /**
   * Checks that all files can be written, and creates their directories if necessary.
   *
   * @throws RunException if one cannot be written
   */
  public void prepare() throws RunException {
    for (Path file : files.keySet()) {
      try {
        AtomicFile.prepare(AtomicFile.target(file));
      } catch (IOException e) {
        throw RunException.cannotWrite(file, e);
      }
    }
  }

  /**
   * Sets the directory that the command writes a new run to.
   *
   * @throws RunException if it holds anything but a run, or is no place for a directory
   */
  void newRun(Path path) throws RunException {
    try {
      checkUpward(path);
      checkAbove(path.toAbsolutePath());
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw refusal(path, "it is not a directory");
      }
      if (Files.exists(path) && !RunRecord.isIn(path)) {
        checkEmpty(path);
      }
      run(path);
    } catch (IOException e) {
      throw RunException.cannotWrite(path, e);
    }
  }

  /**
   * Sets the directory of the run that the command continues.
   *
   * @throws RunException if something else has the name of a file of the run
   */
  void run(Path path) throws RunException {
    try {
      for (String name : RunDirectory.NAMES) {
        AtomicFile.checkReplaceable(path.resolve(name));
        checkNotRead(path.resolve(name), path.resolve(name));
      }
      directory = path;
    } catch (IOException e) {
      throw RunException.cannotWrite(path, e);
    }
  }

  private static void checkEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      if (!entries.allMatch(RunDirectory::isLeftBehind)) {
        throw refusal(
            path,
            "the directory has files, but no run of this program: name a new or an empty one");
      }
    }
  }

  private void checkNotRead(Path target, Path named) throws IOException {
    for (Path input : inputs) {
      if (isSame(target, input)) {
        throw refusal(named, "this command reads it");
      }
    }
  }

  /** A file must not take the place of the run's directory, or of a file in it. */
  private static void checkBeside(Path directory, Path target, Path named) throws IOException {
    if (directory.startsWith(target)) {
      throw refusal(named, "it is the directory of the run");
    }
    if (target.startsWith(directory)) {
      Path inside = directory.relativize(target);
      if (inside.getNameCount() > 1 && isReserved(inside.getName(0))) {
        throw refusal(named, "it would be below a file of the run");
      }
    }
  }

  private static boolean isReserved(Path name) {
    return RunDirectory.NAMES.contains(name.toString().toLowerCase(Locale.ROOT));
  }

  private void checkNotOfRun(Path target, Path named) throws IOException {
    Path above = target.getParent();
    if (isReserved(target.getFileName())
        && (RunRecord.isIn(above) || directory != null && isSame(above, directory))) {
      throw refusal(named, "it belongs to the run in this directory");
    }
  }

  /** Whatever is to be created, the lowest directory that exists must be one. */
  private static void checkAbove(Path target) throws IOException {
    Path above = target.getParent();
    while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      above = above.getParent();
    }
    if (above != null && !Files.isDirectory(above)) {
      throw refusal(above, "it is not a directory");
    }
  }

  /** What is missing has no directory above it: once created, the name might mean another file. */
  private static void checkUpward(Path file) throws IOException {
    Path above = file.toAbsolutePath().getRoot();
    for (Path name : file.toAbsolutePath()) {
      if (name.toString().equals("..") && !Files.exists(above)) {
        throw refusal(file, above + ": no such directory");
      }
      above = above.resolve(name);
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.exists(one) != Files.exists(other)) {
      return false;
    }
    return Files.exists(one)
        ? Files.isSameFile(one, other)
        : place(one).toString().equalsIgnoreCase(place(other).toString());
  }

  /** The only name of a file, even if it does not exist yet. */
  private static Path place(Path file) throws IOException {
    Path target = AtomicFile.target(file);
    if (Files.exists(target) || target.getParent() == null) {
      return target.toRealPath();
    }
    return place(target.getParent()).resolve(target.getFileName()).normalize();
  }

  private static FileSystemException refusal(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
