package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.io.DiskEvents;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.nn.ThreeClasses;
import lanewise.sweep.SweepTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shall survive a loss of power is flushed to the disk before anything relies on it. */
class DurabilityTest {
  private static final List<String> REPLACED = List.of("flush temporary", "flush directory");

  @TempDir private Path directory;

  private List<String> flushes(Path below, DiskEvents.Work work) throws IOException {
    return DiskEvents.of(below, work).stream().filter(line -> line.startsWith("flush")).toList();
  }

  @Test
  void aModelAndATableOfResultsAreFlushed() throws IOException {
    Path model = directory.resolve("model.safetensors");
    assertEquals(
        REPLACED, flushes(directory, () -> ModelFile.write(model, Model.of(ThreeClasses.net()))));
    SweepTable table = new SweepTable(List.of("lr"), true, false, false);
    assertEquals(
        REPLACED, flushes(directory, () -> table.write(directory.resolve("sweep.csv"), List.of())));
  }

  /**
   * Before a checkpoint says that an epoch is over, the lines of those before it are on the disk.
   */
  @Test
  void theHistoryIsFlushedBeforeEachCheckpoint() throws IOException {
    Path out = Files.createDirectory(directory.resolve("run"));
    List<String> args =
        TinyData.train(directory, "--hidden=none", "--epochs=3", "--checkpoint-every=1");
    args.add("--out=" + out);
    List<String> flushes = flushes(out, () -> assertEquals(0, CommandRun.of(args).status()));
    List<String> expected = new ArrayList<>(REPLACED); // run.json
    for (int epoch = 1; epoch <= 3; epoch++) {
      expected.add("flush history.csv");
      expected.addAll(REPLACED);
    }
    for (String file : List.of("model.safetensors", "mistakes.json", "summary.json")) {
      expected.addAll(REPLACED);
      assertTrue(Files.exists(out.resolve(file)), file);
    }
    int first = flushes.indexOf("flush history.csv") - REPLACED.size();
    assertEquals(expected, flushes.subList(first, first + expected.size()), flushes.toString());
  }
}
