package lanewise.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lanewise.data.DataException;
import lanewise.data.Dataset;
import lanewise.run.DataPlace;
import lanewise.run.RunData;
import lanewise.run.RunException;
import lanewise.run.RunListener;
import lanewise.sweep.PlannedRun;

/**
 * The data of runs that travels to executors as the bytes of its files. A JVM that receives it
 * reads the rows once, for all of its tasks, and keeps them while there is memory.
 */
final class SentData implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /**
   * A file.
   *
   * @param name where it was read, an absolute path
   */
  private record SentFile(String name, byte[] content) implements Serializable {}

  /** Whether the files are those of a directory, not training rows and perhaps test rows. */
  private final boolean directory;

  /** None for the digits that each JVM draws. */
  private final ArrayList<SentFile> files;

  private transient Map<RunData.Key, Rows> rows;

  private SentData(boolean directory, List<SentFile> files) {
    this.directory = directory;
    this.files = new ArrayList<>(files);
  }

  /**
   * Reads the files of data that has been found.
   *
   * @param place see {@link RunData#place}
   * @throws IOException with a line for the user if they cannot be sent
   */
  static SentData of(DataPlace place) throws IOException {
    return switch (place) {
      case DataPlace.Builtin builtin -> new SentData(false, List.of());
      case DataPlace.Directory named -> new SentData(true, read(named));
      case DataPlace.CsvFiles named -> new SentData(false, read(named));
      case DataPlace.Piped piped ->
          throw new RunException(
              "rows that come through a pipe cannot be sent to executors: name files");
      case DataPlace.Standard standard ->
          throw new IllegalArgumentException("not found yet: " + standard);
    };
  }

  private static List<SentFile> read(DataPlace place) throws IOException {
    List<SentFile> files = new ArrayList<>();
    for (Path file : place.files()) {
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw new RunException(file + ": too large to be sent to executors, expected at most 2 GB");
      }
      files.add(new SentFile(file.toString(), Files.readAllBytes(file)));
    }
    return files;
  }

  /** The rows of a run, read by one thread while others wait. */
  private final class Rows {
    private SoftReference<RunData> kept = new SoftReference<>(null);

    synchronized RunData get(PlannedRun run, int threads) throws IOException {
      RunData data = kept.get();
      if (data == null) {
        data = read(run, threads);
        kept = new SoftReference<>(data);
      }
      return data;
    }
  }

  /**
   * The rows of a run.
   *
   * @param run on this data
   * @param threads used to draw the built-in digits
   * @throws DataException if they are invalid
   * @throws RunException if the recipe leaves none to learn from or to validate with
   */
  RunData rows(PlannedRun run, int threads) throws IOException {
    Rows own;
    synchronized (this) {
      if (rows == null) {
        rows = new HashMap<>();
      }
      own = rows.computeIfAbsent(run.dataKey(), key -> new Rows());
    }
    return own.get(run, threads);
  }

  /** The files are readable at paths only. */
  private RunData read(PlannedRun run, int threads) throws IOException {
    try (TemporaryDirectory temporary = TemporaryDirectory.create()) {
      for (SentFile file : files) {
        Path copy = copy(file.name(), temporary);
        Files.createDirectories(copy.getParent());
        Files.write(copy, file.content());
      }
      RunListener nobody = new RunListener() {}; // The driver has read the same, and said it.
      try {
        DataPlace copies = place(name -> copy(name, temporary));
        return original(
            RunData.read(copies, run.table(), run.recipe(), threads, nobody), temporary);
      } catch (DataException e) {
        throw new DataException(original(e.getMessage(), temporary), e);
      } catch (RunException e) {
        throw new RunException(original(e.getMessage(), temporary), e);
      }
    }
  }

  /** Where a file is for a while: each directory has a number, as names may be the same. */
  private Path copy(String name, TemporaryDirectory temporary) {
    Path file = Path.of(name);
    String number = String.valueOf(directories().indexOf(file.getParent()));
    return temporary.path().resolve(number).resolve(file.getFileName());
  }

  private List<Path> directories() {
    return files.stream().map(file -> Path.of(file.name()).getParent()).distinct().toList();
  }

  /** Where the files are. */
  private DataPlace place(Function<String, Path> paths) {
    if (files.isEmpty()) {
      return new DataPlace.Builtin();
    }
    List<Path> all = files.stream().map(file -> paths.apply(file.name())).toList();
    return directory
        ? new DataPlace.Directory(all.getFirst().getParent())
        : new DataPlace.CsvFiles(all.getFirst(), all.stream().skip(1).findFirst());
  }

  /** The same rows, as if they had been read where they were. */
  private RunData original(RunData data, TemporaryDirectory temporary) {
    Dataset rows = data.dataset();
    String source = original(rows.source(), temporary);
    return new RunData(
        new Dataset(rows.train(), rows.test(), source, rows.sha256()),
        place(Path::of),
        data.encoding(),
        data.testsValidation());
  }

  private String original(String text, TemporaryDirectory temporary) {
    List<Path> directories = directories();
    for (int i = 0; i < directories.size(); i++) {
      String copies = temporary.path().resolve(String.valueOf(i)).toString();
      text = text.replace(copies, directories.get(i).toString());
    }
    return text;
  }
}
