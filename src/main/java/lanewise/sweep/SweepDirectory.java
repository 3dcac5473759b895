package lanewise.sweep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.io.NewDirectories;
import lanewise.run.JsonObject;
import lanewise.run.Outputs;
import lanewise.run.RunDirectory;
import lanewise.run.RunException;
import lanewise.run.RunLock;
import lanewise.run.Version;

/**
 * The directory of a sweep, locked until it is closed: {@code sweep.json}, what was asked for;
 * {@code sweep.csv} and {@code sweep.html}, the results; {@code runs/0001} and so on, the runs.
 */
public final class SweepDirectory implements Closeable {
  /** The page that {@code lanewise.report} makes of a sweep. */
  public static final String PAGE = "sweep.html";

  private static final String RECORD = "sweep.json";
  private static final String RUNS = "runs";
  private static final String FORMAT = "lanewise-sweep-1";

  private final Path path;
  private final RunLock lock;

  private SweepDirectory(Path path, RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates a directory for a sweep, or opens the one in which it was begun.
   *
   * @param path new, empty, or that of the same sweep
   * @param grid of the sweep
   * @param options of {@code train} that all runs have
   * @param inputs files that the sweep reads, which it must not replace
   * @throws RunException if it holds another sweep or anything else, another process is writing
   *     there, or it cannot be written; then nothing is changed
   */
  public static SweepDirectory open(Path path, Grid grid, List<String> options, List<Path> inputs)
      throws RunException {
    Outputs outputs = new Outputs(inputs);
    for (String name : List.of(RECORD, SweepTable.FILE_NAME, PAGE)) {
      outputs.add(path.resolve(name), null);
    }
    try {
      checkOwn(path, grid, options);
      NewDirectories created = NewDirectories.create(path);
      RunLock lock;
      try {
        lock = RunLock.take(path);
      } catch (IOException e) {
        created.remove();
        throw e;
      }
      return begin(path, lock, grid, options);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(path, e);
    }
  }

  private static SweepDirectory begin(Path path, RunLock lock, Grid grid, List<String> options)
      throws IOException {
    try {
      checkOwn(path, grid, options); // Once more: another process may have been as fast.
      if (!Files.exists(path.resolve(RECORD))) {
        record(grid, options).write(path.resolve(RECORD));
      }
      Files.createDirectories(path.resolve(RUNS));
      return new SweepDirectory(path, lock);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static JsonObject record(Grid grid, List<String> options) {
    Map<String, Object> axes = new LinkedHashMap<>();
    grid.axes().forEach(axis -> axes.put(axis.name(), axis.values()));
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("format", FORMAT);
    record.put("version", Version.text());
    record.put("grid", axes);
    record.put("options", options);
    return JsonObject.of(record);
  }

  private static void checkOwn(Path path, Grid grid, List<String> options) throws IOException {
    Path file = path.resolve(RECORD);
    if (!Files.exists(file)) {
      checkEmpty(path);
      return;
    }
    JsonObject json = JsonObject.read(file);
    if (!json.has("format") || !json.text("format").equals(FORMAT)) {
      throw new RunException(
          "%s: not a sweep that this version can continue, expected \"format\": \"%s\""
              .formatted(file, FORMAT));
    }
    boolean sameGrid = json.names("grid").equals(grid.names());
    for (Grid.Axis axis : grid.axes()) {
      sameGrid = sameGrid && json.texts("grid." + axis.name()).equals(axis.values());
    }
    if (!sameGrid) {
      throw another(path, "another grid");
    }
    if (!json.texts("options").equals(options)) {
      throw another(path, "other options: " + String.join(" ", json.texts("options")));
    }
  }

  private static RunException another(Path path, String what) {
    return new RunException(
        "%s: holds a sweep with %s; name another directory with --out, or repeat that command"
            .formatted(path, what));
  }

  private static void checkEmpty(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return; // New, or refused when it is created.
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (!entries.allMatch(RunDirectory::isLeftBehind)) {
        throw new RunException(
            "%s: the directory has files, but no sweep of this program: name a new or an empty one"
                .formatted(path));
      }
    }
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** The table of results. */
  public Path table() {
    return path.resolve(SweepTable.FILE_NAME);
  }

  /** The page of results. */
  public Path page() {
    return path.resolve(PAGE);
  }

  /**
   * The directory of a run.
   *
   * @param number of the run, from 1
   */
  public Path run(int number) {
    return path.resolve(runName(number));
  }

  /**
   * The same relative to that of the sweep, with slashes.
   *
   * @param number of the run, from 1
   */
  public static String runName(int number) {
    return String.format(Locale.ROOT, "%s/%04d", RUNS, number);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
