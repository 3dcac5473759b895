package lanewise.cli;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lanewise.run.RunException;
import lanewise.run.RunRecord;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a command line may replace, as users are promised; no other class of the tests decides that.
 *
 * <ul>
 *   <li>An output file may be a new name, in directories that need not exist; a regular file of
 *       anyone's, unless it is an input, another output or has a reserved name in the directory of
 *       a run; or a symbolic link to one of these.
 *   <li>An output directory may be a new name; an empty directory; one of a run, whose reserved
 *       names are regular files and no inputs; or a symbolic link to one of the latter two. Only
 *       reserved names change in it. That of a sweep is a new name or empty, or was left by the
 *       same sweep.
 * </ul>
 */
final class OutputRules {
  /** What belongs to a run in its directory. */
  static final List<String> RESERVED =
      List.of(
          "run.json",
          "summary.json",
          "history.csv",
          "mistakes.json",
          "model.safetensors",
          "report.html",
          "run.lock",
          "checkpoint.safetensors",
          "checkpoint.previous.safetensors");

  /** What belongs to a sweep of one run in its directory. */
  private static final List<String> OF_SWEEP =
      List.of("sweep.json", "sweep.csv", "sweep.html", "run.lock", "runs", "runs/0001");

  /** As many symbolic links as systems follow. */
  private static final int MAX_LINKS = 40;

  private final CommandSpec command;

  /** The run that the command writes; null if there is none. */
  private final Path written;

  /** What the command itself writes by default in a run, and may therefore be told to write. */
  private final Path own;

  private final List<Path> inputs = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final Set<Path> changes = new TreeSet<>();

  private OutputRules(CommandSpec command) throws IOException {
    this.command = command;
    Path resumed = value("--resume");
    Path reported = value("--run");
    Path trained = null;
    for (ArgSpec output : outputs(command)) {
      Path value = output.getValue();
      if (isDirectory(output)) {
        trained = value;
      } else if (value != null) {
        files.add(value);
      }
    }
    written = resumed == null ? trained : resumed;
    own =
        written != null
            ? written.resolve("model.safetensors")
            : reported == null ? null : reported.resolve("report.html");
    if (reported != null && files.isEmpty()) {
      files.add(own);
    }
    for (ArgSpec arg : command.args()) {
      if (hasRole(arg, Converters.InputName.class) && arg.getValue() instanceof Path input) {
        addInput(input);
      }
    }
    if (resumed != null) {
      addRecorded(resumed);
    }
  }

  /**
   * Finds what a command line may create, replace or delete.
   *
   * @return nothing if it must be refused
   */
  static Set<Path> mayChange(CommandLine program, List<String> args) throws IOException {
    try {
      ParseResult parsed = program.parseArgs(args.toArray(String[]::new));
      OutputRules rules = new OutputRules(parsed.subcommand().commandSpec());
      boolean otherRun =
          parsed.subcommand().hasMatchedOption("--resume")
              && parsed.subcommand().hasMatchedOption("--out");
      return !otherRun && rules.isAllowed() ? rules.changes : Set.of();
    } catch (ParameterException | RunException | FileSystemLoopException e) {
      return Set.of();
    }
  }

  /** The options of a command that name what it writes. */
  static List<ArgSpec> outputs(CommandSpec command) {
    return command.args().stream()
        .filter(arg -> hasRole(arg, Converters.OutputName.class))
        .toList();
  }

  static boolean hasRole(ArgSpec arg, Class<?> role) {
    return Stream.of(arg.converters()).anyMatch(role::isInstance);
  }

  /** Whether an output is a directory, not a file. */
  static boolean isDirectory(ArgSpec output) {
    return output.paramLabel().equals("DIR");
  }

  private Path value(String option) {
    return command.findOption(option) == null ? null : command.findOption(option).getValue();
  }

  private void addInput(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      inputs.add(input);
      return;
    }
    try (Stream<Path> entries = Files.list(input)) {
      entries
          .filter(Files::isRegularFile)
          .filter(file -> isReserved(file) || name(file).matches("(mnist_|train-|t10k-).*"))
          .filter(file -> !file.equals(own) && (written == null || !file.startsWith(written)))
          .forEach(inputs::add);
    }
  }

  /** What a resumed run reads and writes without an option. */
  private void addRecorded(Path resumed) throws IOException {
    RunRecord record = RunRecord.read(resumed);
    if (value("--data") == null && value("--train") == null) {
      inputs.addAll(record.data().files());
    }
    boolean finished = Files.exists(resumed.resolve("summary.json"));
    if (files.isEmpty() && !finished) {
      record.session().save().ifPresent(files::add);
    }
  }

  private boolean isAllowed() throws IOException {
    if (written != null && !isAllowedDirectory(written)) {
      return false;
    }
    List<Path> targets = new ArrayList<>();
    for (Path file : files) {
      Path target = place(file);
      if (file.endsWith(".")
          || file.endsWith("..")
          || isThroughNothing(file)
          || !isAllowedFile(target)) {
        return false;
      }
      for (Path other : targets) {
        if (isSame(target, other) || target.startsWith(other) || other.startsWith(target)) {
          return false;
        }
      }
      targets.add(target);
      addNew(file, target);
    }
    return true;
  }

  /** A link to nothing is not made a directory, and nothing is above what is missing. */
  private static boolean isThroughNothing(Path file) {
    Path above = file.toAbsolutePath().getRoot();
    for (Path name : file.toAbsolutePath()) {
      if (!Files.exists(above) && (Files.isSymbolicLink(above) || name.endsWith(".."))) {
        return true;
      }
      above = above.resolve(name);
    }
    return false;
  }

  private boolean isAllowedDirectory(Path directory) throws IOException {
    Path target = place(directory);
    if (isThroughNothing(directory)
        || !isBelowDirectory(target)
        || Files.exists(target) && !Files.isDirectory(target)) {
      return false;
    }
    if (!Files.exists(target)) {
      if (Files.isSymbolicLink(directory)) {
        return false;
      }
      addNew(directory, target);
    } else if ((isSweep() || !isRun(target)) && !isEmpty(target)) {
      return false;
    }
    if (isSweep()) {
      OF_SWEEP.forEach(name -> changes.add(target.resolve(name)));
      RESERVED.forEach(name -> changes.add(target.resolve("runs/0001").resolve(name)));
      return true;
    }
    for (String name : RESERVED) {
      Path file = target.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isReplaceable(file))) {
        return false;
      }
      changes.add(file);
    }
    return true;
  }

  private boolean isAllowedFile(Path target) throws IOException {
    if (!isBelowDirectory(target) || !isReplaceable(target)) {
      return false;
    }
    if (written != null) {
      Path directory = place(written);
      boolean inside = target.startsWith(directory) && !target.equals(directory);
      if (directory.startsWith(target)
          || inside
              && !target.getParent().equals(directory)
              && isReserved(directory.relativize(target).getName(0))) {
        return false;
      }
    }
    boolean inRun =
        isRun(target.getParent()) || written != null && isSame(target.getParent(), place(written));
    boolean isOwn = own != null && !Files.isSymbolicLink(own) && isSame(target, place(own));
    return isOwn || !inRun || !isReserved(target);
  }

  /**
   * Whether there is nothing, or a file that may be overwritten and that the command never reads.
   */
  private boolean isReplaceable(Path target) throws IOException {
    for (Path input : inputs) {
      if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
        return false;
      }
    }
    return !Files.exists(target) || Files.isRegularFile(target) && Files.isWritable(target);
  }

  /** Whether whatever is missing above a place can be created. */
  private static boolean isBelowDirectory(Path target) {
    Path above = target.getParent();
    while (!Files.exists(above)) {
      above = above.getParent();
    }
    return Files.isDirectory(above);
  }

  /** A name that goes through new directories may create them all. */
  private void addNew(Path name, Path target) {
    changes.add(target);
    for (Path each : List.of(name, target)) {
      for (Path above = each.getParent(); !Files.exists(above); above = above.getParent()) {
        changes.add(above.normalize());
      }
    }
  }

  private boolean isSweep() {
    return command.name().equals("sweep");
  }

  private static boolean isRun(Path directory) throws IOException {
    Path record = directory.resolve("run.json");
    return Files.isRegularFile(record)
        && Files.readString(record).matches("(?s)\\s*\\{\\s*\"format\"\\s*:\\s*\"lanewise-run-.*");
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static boolean isReserved(Path file) {
    return RESERVED.contains(name(file).toLowerCase(Locale.ROOT));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return one.equals(other)
        || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
  }

  /** The place that a name stands for once all links are followed, whatever exists. */
  static Path place(Path name) throws IOException {
    Path path = name.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(path); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(name.toString());
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    return place(path.getParent()).resolve(path.getFileName()).normalize();
  }
}
