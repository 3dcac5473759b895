package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lanewise.fuzz.Scratch;

/** A directory in which every kind of file exists that an output could be told to replace. */
final class OutputSandbox {
  static final String TRAIN =
      "train --hidden 4 --epochs 1 --threads 1 --checkpoint-every 1 --quiet";

  /**
   * Valid command lines of every command that writes files; {@code @} is the directory. The tests
   * replace and add outputs.
   */
  static final Map<String, List<String>> COMMANDS =
      Map.of(
          "train",
          List.of(
              TRAIN + " --train @/train.csv --test @/test.csv --out @/out",
              TRAIN + " --data @/data --out @/out",
              TRAIN + " --train @/links/train.csv --test @/hard/test.csv --out @/other",
              "train --quiet --resume @/unfinished",
              "train --quiet --resume @/run"),
          "sweep",
          List.of(
              "sweep --grid seed=1 --hidden 4 --epochs 1 --threads 1 --checkpoint-every 1 --quiet"
                  + " --train @/train.csv --test @/test.csv --out @/out"),
          "evaluate",
          List.of(
              "evaluate --quiet --model @/model.st --test @/test.csv",
              "evaluate --quiet --model @/links/run/model.safetensors --data @/data"),
          "report",
          List.of("report --run @/run", "report --run @/links/run --model @/model.st"),
          "export",
          List.of(
              "export --quiet --model @/model.st --npz @/network.npz",
              "export --quiet --model @/hard/model.st --onnx @/network.onnx"));

  /** Names that nothing has yet. */
  private static final List<String> NEW =
      List.of(
          "new",
          "./new",
          "new.tmp",
          "missing/parents/new",
          "missing/../new",
          "empty/new",
          "links/empty/new",
          "other/new",
          "stranger/run.json",
          "stranger.txt/below",
          "fifo/below",
          "out/new",
          "out/history.csv/below",
          "out/Run.LOCK",
          "out/sub/run.json",
          "other/Summary.JSON",
          "unfinished/report.html",
          "unfinished/model.safetensors",
          "other/../run/history.csv",
          "links/run/history.csv",
          "links/other/run.json",
          "links/unfinished/report.html",
          "TRAIN.CSV",
          ".");

  final Path directory;
  private final Snapshot files;
  private final List<String> places;

  /** Creates one, which is deleted when the JVM exits. */
  OutputSandbox() throws IOException {
    directory = Scratch.directory().toRealPath();
    makeRuns();
    makeStrangers();
    makeLinks();
    files = Snapshot.of(directory);
    Set<String> all = new TreeSet<>();
    files.paths().forEach(path -> all.add(directory.relativize(path).toString()));
    OutputRules.RESERVED.forEach(name -> all.add("out/" + name));
    all.addAll(NEW);
    places = List.copyOf(all);
  }

  /** The files as they were made. */
  Snapshot files() {
    return files;
  }

  /** Every place to try as an output, relative to the directory. */
  List<String> places() {
    return places;
  }

  /** The arguments of a command line in which {@code @} is the directory. */
  List<String> arguments(String commandLine) {
    return arguments(commandLine, directory);
  }

  /** The arguments of a command line in which {@code @} is any directory. */
  static List<String> arguments(String commandLine, Path directory) {
    return new ArrayList<>(
        Arrays.stream(commandLine.split(" "))
            .map(argument -> argument.replace("@", directory.toString()))
            .toList());
  }

  private void makeRuns() throws IOException {
    TinyData.train(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.copy(directory.resolve("train.csv"), data.resolve("mnist_train.csv"));
    Files.copy(directory.resolve("test.csv"), data.resolve("mnist_test.csv"));
    Files.writeString(data.resolve("mnist_test.csv.gz"), "not read while the other is there");
    for (String name : List.of("run", "other", "unfinished")) {
      String line =
          "train --quiet --hidden 4 --epochs 2 --threads 1 --checkpoint-every 1 --train @/train.csv"
              + " --test @/test.csv --out @/";
      CommandRun run = CommandRun.of(arguments(line + name));
      assertEquals(0, run.status(), run.err());
    }
    Files.copy(directory.resolve("run/model.safetensors"), directory.resolve("model.st"));
    Path other = directory.resolve("other");
    Files.writeString(other.resolve("notes.txt"), "a user's notes");
    Files.writeString(other.resolve("history.csv.tmp"), "a user's file");
    for (String made : List.of("checkpoint.safetensors", "summary.json", "model.safetensors")) {
      Files.delete(directory.resolve("unfinished").resolve(made));
    }
    Files.delete(directory.resolve("unfinished/report.html"));
    for (String kind : List.of("link", "hard", "directory")) {
      Path trap = Files.createDirectory(directory.resolve("trap-" + kind));
      Files.copy(other.resolve("run.json"), trap.resolve("run.json"));
    }
    Files.createSymbolicLink(
        directory.resolve("trap-link/summary.json"), directory.resolve("stranger.txt"));
    Files.createLink(directory.resolve("trap-hard/history.csv"), directory.resolve("train.csv"));
    Files.createDirectory(directory.resolve("trap-directory/report.html"));
  }

  private void makeStrangers() throws IOException {
    Files.writeString(directory.resolve("stranger.txt"), "a stranger's text");
    Files.writeString(directory.resolve("stranger.txt.tmp"), "not a temporary file");
    Files.writeString(directory.resolve("new.tmp"), "not a temporary file either");
    Files.createFile(directory.resolve("nothing.txt"));
    Path readOnly = Files.writeString(directory.resolve("read-only.txt"), "a read-only text");
    assertEquals(true, readOnly.toFile().setReadOnly());
    Files.createDirectory(directory.resolve("empty"));
    Path stranger = Files.createDirectory(directory.resolve("stranger"));
    Files.writeString(stranger.resolve("model.safetensors"), "another program's model");
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("run.json"), "{\"format\": \"another program's\"}");
    Files.writeString(foreign.resolve("summary.json"), "{}");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
    } catch (UnsupportedOperationException e) {
      // Not on this system.
    }
    make("mkfifo", "fifo");
    make("mknod", "device", "c", "1", "3"); // Only root may.
  }

  private void make(String... command) throws IOException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      // Not on this system.
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Symbolic and hard links to one of everything. */
  private void makeLinks() throws IOException {
    List<Path> all = new ArrayList<>(Snapshot.of(directory).paths());
    Path links = Files.createDirectory(directory.resolve("links"));
    Path hard = Files.createDirectory(directory.resolve("hard"));
    for (Path path : all) {
      Path name = directory.relativize(path);
      if (name.getNameCount() > 1 && !name.toString().matches("(run|data|other/[hnr]).*")) {
        continue;
      }
      String flat = name.toString().replace('/', '-');
      Files.createSymbolicLink(links.resolve(flat), path);
      if (Files.isRegularFile(path)
          && flat.matches("run-.*|data-.*|(train|test|stranger|model)\\.[^.]*")) {
        Files.createLink(hard.resolve(flat), path);
      }
    }
    Files.createSymbolicLink(links.resolve("dangling"), Path.of("../new"));
    Files.createSymbolicLink(links.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(links.resolve("link"), links.resolve("stranger.txt"));
    Files.createSymbolicLink(links.resolve("out"), directory.resolve("out/history.csv"));
  }
}
