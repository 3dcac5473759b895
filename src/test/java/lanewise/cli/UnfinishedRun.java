package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run on the tiny data that stopped early, and the same run without interruption.
 *
 * @param path its directory; a checkpoint after epoch 4 of 7 is there, and history up to epoch 7
 * @param uninterrupted the output of the whole run
 * @param history of the whole run
 */
record UnfinishedRun(Path path, String uninterrupted, List<String> history) {
  static final int SAFE = 4;
  static final int EPOCHS = 7;

  /** Creates one in a directory. */
  static UnfinishedRun in(Path directory) throws IOException {
    Path path = directory.resolve("runs/broken");
    List<String> args = TinyData.train(directory, "--out", path.toString(), "--epochs", "7");
    args.addAll(List.of("--checkpoint-every", "4", "--hidden", "50", "--batch", "8", "--lr", "1"));
    CommandRun run = CommandRun.of(args);
    assertEquals(0, run.status(), run.err());
    // The last epoch has a checkpoint too; without it, epochs 5 to 7 are repeated.
    Files.delete(path.resolve("checkpoint.safetensors"));
    Files.delete(path.resolve("summary.json"));
    Files.delete(path.resolve("model.safetensors"));
    return new UnfinishedRun(path, run.out(), figures(path));
  }

  /** A history without the seconds, which are never the same. */
  static List<String> figures(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("history.csv")).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){3})[^,]*", "$1"))
        .toList();
  }

  /** Resumes it in this JVM. */
  CommandRun resume(String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--resume", path.toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args);
  }

  /** The output of the whole run after an epoch. */
  String printedAfter(int epoch) {
    return String.join("\n", uninterrupted.lines().skip(epoch).toList()) + "\n";
  }
}
