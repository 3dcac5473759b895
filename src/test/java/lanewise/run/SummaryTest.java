package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lanewise.nn.Evaluation;
import lanewise.nn.TestTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  private static final Evaluation TRAIN =
      TestTraining.evaluation(24214.816287, new int[][] {{50_000, 6000}, {517, 3483}});
  private static final Evaluation TEST =
      TestTraining.evaluation(0.1 + 0.2, new int[][] {{8957, 1000}, {43, 0}});

  @TempDir private Path directory;

  private static Summary summary(Settings settings, Evaluation train) {
    return summary(settings, train, new Ending(Ending.Cause.EPOCHS, 75, 75));
  }

  private static Summary summary(Settings settings, Evaluation train, Ending ending) {
    return new Summary(
        Instant.parse("2026-01-02T03:04:05Z"),
        12.5,
        settings,
        new Machine("some VM 25", "some OS 1", "a \"quick\" CPU", 4),
        "scalar",
        1,
        ending,
        train,
        null,
        TEST,
        null,
        null,
        235_146,
        "ab".repeat(32));
  }

  private Json written(Settings settings, Evaluation train) throws IOException {
    summary(settings, train).write(directory);
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("summary.json")), files.toList());
    }
    return Json.read(directory.resolve("summary.json"));
  }

  @Test
  void recordsAllSettingsOfTheRun() throws IOException {
    Json json = written(ReferenceRunTest.REFERENCE, TRAIN);
    assertEquals(Version.text(), json.at("version"));
    assertEquals("2026-01-02T03:04:05Z", json.at("started"));
    assertEquals(12.5, json.at("seconds"));
    assertEquals("data", json.at("data.source"));
    assertEquals(ReferenceRun.MNIST_SHA256, json.at("data.sha256"));
    assertEquals(60_000, json.at("data.trainRows"));
    assertEquals(10_000, json.at("data.testRows"));
    assertEquals(List.of(784, 256, 128, 10), json.at("settings.network"));
    assertEquals(64, json.at("settings.batch"));
    assertEquals(0.008, json.at("settings.learningRate"));
    assertEquals(75, json.at("settings.epochs"));
    assertEquals(42, json.at("settings.seed"));
    assertEquals("auto", json.at("settings.engine"));
    assertEquals("scalar", json.at("engine.name"));
    assertEquals(1, json.at("engine.lanes"));
    assertEquals(2, json.at("engine.threads"));
    assertEquals("some VM 25", json.at("machine.jvm"));
    assertEquals("a \"quick\" CPU", json.at("machine.cpu"));
    assertEquals(4, json.at("machine.cores"));
    assertEquals(24214.816287, json.at("training.loss"));
    assertEquals(53_483 / 60_000.0, json.at("training.accuracy"));
    assertEquals(0.1 + 0.2, json.at("test.loss"));
    assertEquals(0.8957, json.at("test.accuracy"));
    assertEquals(List.of(List.of(8957, 1000), List.of(43, 0)), json.at("test.confusion"));
    assertEquals(235_146, json.at("weights.parameters"));
    assertEquals("ab".repeat(32), json.at("weights.sha256"));
  }

  @Test
  void aRepeatedReferenceRunIsCompared() throws IOException {
    Json json = written(ReferenceRunTest.REFERENCE, TRAIN);
    assertEquals(24556.6116, json.at("reference.loss"));
    assertEquals(0.8904, json.at("reference.accuracy"));
    assertEquals(0.8978, json.at("reference.testAccuracy"));
    assertEquals(24214.816287 - 24556.6116, json.at("reference.lossDifference"));
    assertEquals(53_483 / 60_000.0 - 0.8904, json.at("reference.accuracyDifference"));
    assertEquals(0.8957 - 0.8978, json.at("reference.testAccuracyDifference"));
  }

  @Test
  void theEpochThatIsKeptNeedNotBeTheLast() throws IOException {
    Ending ending = new Ending(Ending.Cause.EARLY_STOP, 9, 6);
    Settings all = ReferenceRunTest.REFERENCE;
    Settings stopping =
        new Settings(
            all.recipe().with(new Stopping(5000, 3, OptionalDouble.empty())),
            all.source(),
            all.sha256(),
            55_000,
            5000,
            10_000,
            all.sizes(),
            all.engine(),
            all.threads(),
            Optional.empty(),
            false);
    summary(stopping, TRAIN, ending).write(directory);
    Json json = Json.read(directory.resolve("summary.json"));
    assertEquals("early-stop", json.at("ending.cause"));
    assertEquals(9, json.at("ending.epochs"));
    assertEquals(6, json.at("ending.keptEpoch"));
  }

  @Test
  void otherRunsHaveNoReference() throws IOException {
    assertNull(written(ReferenceRunTest.OTHERS.get(0), TRAIN).at("reference"));
  }

  @Test
  void withoutEpochsThereIsNoTraining() throws IOException {
    Json json = written(ReferenceRunTest.OTHERS.get(5), null);
    assertNull(json.at("training"));
    assertEquals(0.8957, json.at("test.accuracy"));
  }

  @Test
  void anEarlierSummaryIsReplaced() throws IOException {
    Files.writeString(directory.resolve("summary.json"), "old");
    assertEquals("data", written(ReferenceRunTest.REFERENCE, TRAIN).at("data.source"));
  }

  @Test
  void aFailedMoveLeavesNoFiles() throws IOException {
    Path inTheWay = directory.resolve("summary.json");
    Files.createDirectories(inTheWay.resolve("full"));
    Summary summary = summary(ReferenceRunTest.REFERENCE, TRAIN);
    assertThrows(IOException.class, () -> summary.write(directory));
    assertTrue(Files.isDirectory(inTheWay));
    assertEquals(1, directory.toFile().list().length);
  }
}
