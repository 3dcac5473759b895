package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lanewise.fuzz.Scratch;
import picocli.CommandLine;

/**
 * Runs every command that writes files on a small disk with little or no room left, in blocks or in
 * inodes, over old files and to new names. Linux only: needs the right to mount a {@code tmpfs}.
 */
final class FullDisk {
  private static final int BLOCK = 4096;

  /** What is left of the disk: nothing, room for the first small files, room for more. */
  private static final int[] ROOMS = {0, 1, 2, 3, 5, 8, 13};

  private static final String DATA = " --train @/train.csv --test @/test.csv ";

  private static final List<String> LINES =
      List.of(
          OutputSandbox.TRAIN + DATA + "--out @/disk/run",
          OutputSandbox.TRAIN + DATA + "--out @/out --save @/disk/models/model.st",
          "train --quiet --resume @/disk/unfinished",
          "evaluate --quiet --model @/run/model.safetensors --test @/test.csv --report @/disk/a.html",
          "report --run @/run --out @/disk/pages/b.html",
          "export --quiet --model @/run/model.safetensors --onnx @/disk/a.onnx",
          "export --quiet --model @/run/model.safetensors --npz @/disk/a.npz");

  private static final CommandLine PROGRAM =
      RootCommand.commandLine(
          new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);

  private final Path directory;
  private final Path disk;
  private int refused;

  private FullDisk(Path directory) throws IOException {
    this.directory = directory;
    this.disk = Files.createDirectory(directory.resolve("disk"));
  }

  /** Argument: a directory for all files. Prints how often a command found no room. */
  public static void main(String[] args) throws IOException, InterruptedException {
    FullDisk test = new FullDisk(Path.of(args[0]));
    TinyData.train(test.directory);
    test.succeed(OutputSandbox.TRAIN + DATA + "--out @/run");
    for (String limit : List.of("size=512k", "nr_inodes=64")) {
      for (String line : LINES) {
        for (int room : ROOMS) {
          test.run(limit, line, room, false);
          test.run(limit, line, room, true);
        }
      }
    }
    System.out.println("refused=" + test.refused);
  }

  /** Runs a command line when little is left of a new disk, on which it may have run before. */
  private void run(String limit, String line, int room, boolean before)
      throws IOException, InterruptedException {
    mount(limit);
    try {
      makeUnfinished();
      if (before) {
        succeed(line);
      }
      fill(room, limit.startsWith("size"));
      check(line, "%s, room for %d, %s: %s".formatted(limit, room, before, line));
    } finally {
      execute("umount", disk.toString());
      if (Files.exists(directory.resolve("out"))) {
        Scratch.delete(directory.resolve("out"));
      }
    }
  }

  private void check(String line, String what) throws IOException {
    List<String> args = OutputSandbox.arguments(line, directory);
    Snapshot old = Snapshot.of(directory);
    Set<Path> allowed = OutputRules.mayChange(PROGRAM, args);
    CommandRun run = CommandRun.of(PROGRAM, args);
    Set<Path> changes = new TreeSet<>(old.changes(Snapshot.of(directory)));
    run.checkSane();
    if (run.status() != 0) {
      refused++;
      assertEquals(1, run.status(), what);
      assertEquals(1, run.err().lines().count(), () -> what + ": " + run.err());
      // A run that has begun keeps its record and what it has come to.
      changes.removeIf(path -> allowed.contains(path) && isOfRun(path));
      assertEquals(Set.of(), changes, () -> what + ": " + run.err());
    } else {
      changes.removeAll(allowed);
      assertEquals(Set.of(), changes, what);
    }
  }

  private static boolean isOfRun(Path path) {
    return OutputRules.RESERVED.contains(path.getFileName().toString())
        || Files.exists(path.resolve("run.json"));
  }

  private void makeUnfinished() throws IOException {
    Path unfinished = Files.createDirectory(disk.resolve("unfinished"));
    for (String name : List.of("run.json", "history.csv", "run.lock")) {
      Files.copy(directory.resolve("run").resolve(name), unfinished.resolve(name));
    }
  }

  private void succeed(String line) {
    CommandRun run = CommandRun.of(PROGRAM, OutputSandbox.arguments(line, directory));
    assertEquals(0, run.status(), run::err);
  }

  private void mount(String limit) throws IOException, InterruptedException {
    execute("mount", "-t", "tmpfs", "-o", limit, "tmpfs", disk.toString());
  }

  private static void execute(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }

  /** Leaves room for a number of blocks, or of files. */
  private void fill(int room, boolean blocks) throws IOException {
    Path fillers = Files.createDirectory(disk.resolve("fillers"));
    if (blocks) {
      try (FileChannel filler =
          FileChannel.open(
              fillers.resolve("0"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        try {
          while (true) {
            filler.write(ByteBuffer.allocate(BLOCK));
          }
        } catch (IOException e) {
          filler.truncate(Math.max(0, filler.size() - (long) room * BLOCK));
        }
      }
      return;
    }
    int count = 0;
    try {
      while (true) {
        Files.createFile(fillers.resolve(Integer.toString(count)));
        count++;
      }
    } catch (IOException e) {
      for (int i = 0; i < Math.min(room, count); i++) {
        Files.delete(fillers.resolve(Integer.toString(i)));
      }
    }
  }
}
