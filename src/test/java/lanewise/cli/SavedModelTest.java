package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.run.Json;
import lanewise.run.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model that a run saves. */
class SavedModelTest {
  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void nameOut() {
    out = directory.resolve("runs/one");
  }

  private CommandRun train(String... more) throws IOException {
    List<String> args = TinyData.train(directory, "--out", out.toString(), "--batch", "8");
    if (!List.of(more).contains("--hidden")) {
      args.addAll(List.of("--hidden", "5"));
    }
    if (!List.of(more).contains("--epochs")) {
      args.addAll(List.of("--epochs", "2"));
    }
    Collections.addAll(args, more);
    return CommandRun.of(args);
  }

  @Test
  void itHoldsTheWeightsAndWhereTheyComeFrom() throws IOException {
    CommandRun run = train("--seed", "7", "--lr", "0.5", "--train-rows", "50");
    assertEquals(0, run.status(), run.err());
    Model model = ModelFile.read(out.resolve("model.safetensors"));
    assertTrue(run.out().endsWith("Weights: sha256 " + model.net().sha256() + "\n"), run.out());
    assertEquals("6-5-3", model.net().toString());
    assertEquals(List.of("0", "1", "2"), model.info().classes());
    assertEquals(255f, model.info().inputDivisor());
    assertEquals(
        Map.of(
            "seed", "7",
            "version", Version.text(),
            "data_sha256", Json.read(out.resolve("summary.json")).at("data.sha256"),
            "settings.train_rows", "50",
            "settings.batch", "8",
            "settings.learning_rate", "0.5",
            "settings.epochs", "2"),
        model.info().origin());
  }

  @Test
  void theSameTrainingGivesTheSameBytes() throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    train("--engine", "scalar", "--threads", "1", "--save", first.toString());
    out = directory.resolve("runs/two");
    train("--engine", "auto", "--threads", "3", "--quiet", "--save", second.toString());
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void saveCreatesADirectoryForAnotherFile() throws IOException {
    Path file = directory.resolve("models/digits/mine");
    CommandRun run = train("--save", file.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("\nModel: " + file + "\n"), run.err());
    assertEquals("6-5-3", ModelFile.read(file).net().toString());
    assertFalse(Files.exists(out.resolve("model.safetensors")));
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path real = Files.createFile(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real.getFileName());
    assertEquals(0, train("--save", link.toString()).status());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("6-5-3", ModelFile.read(real).net().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.csv/model", "runs", "/", "/dev/null", "/proc/none/model"})
  void anUnwritablePathIsDetectedBeforeTraining(String place) throws IOException {
    Files.createDirectories(directory.resolve("runs"));
    Path file = directory.resolve(place);
    CommandRun run = train("--save", file.toString(), "--epochs", "1000000");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: cannot write to " + file + ": "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(out.resolve("history.csv")));
  }

  @Test
  void aNewRunLeavesNoOldModel() throws IOException {
    train();
    assertTrue(Files.exists(out.resolve("model.safetensors")));
    assertEquals(2, train("--lr", "1e300").status());
    assertFalse(Files.exists(out.resolve("model.safetensors")));
  }

  @Test
  void aFailedRunKeepsTheFileNamedBySave() throws IOException {
    Path file = directory.resolve("model");
    train("--save", file.toString());
    byte[] before = Files.readAllBytes(file);
    assertEquals(2, train("--lr", "1e300", "--save", file.toString()).status());
    assertArrayEquals(before, Files.readAllBytes(file));
    try (var left = Files.list(directory)) {
      assertTrue(left.noneMatch(path -> path.toString().endsWith(".tmp")));
    }
  }

  @Test
  void aNetworkTooLargeToSaveIsRejectedBeforeTraining() throws IOException {
    String layers = String.join(",", Collections.nCopies(150_000, "1"));
    CommandRun run = train("--hidden", layers);
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().contains("model.safetensors: a header of "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
