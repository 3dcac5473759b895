package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import lanewise.nn.Activation;
import lanewise.nn.Engine;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When runs end, which epoch they keep, and that an interruption changes neither. */
class StoppingTest {
  private static final Recipe RECIPE =
      new Recipe(OptionalInt.empty(), List.of(5), 8, 0.05, 9, 7, 0)
          .with(
              Method.of(
                  Optimizer.of(Optimizer.Kind.MOMENTUM),
                  Schedule.CONSTANT,
                  Shuffle.NONE,
                  Init.GLOROT));
  private static final Stopping EARLY = new Stopping(20, 3, OptionalDouble.empty());

  @TempDir private Path directory;
  private DataPlace learnable;

  /** The last 20 training rows have wrong labels: to learn is to become worse on these. */
  private DataPlace misleading;

  @BeforeEach
  void writeData() throws IOException {
    DataPlace.CsvFiles good = SmallRows.write(directory);
    learnable = good;
    List<String> rows = new ArrayList<>(Files.readAllLines(good.train()));
    for (int row = 40; row < 60; row++) {
      String line = rows.get(row);
      rows.set(row, (line.charAt(0) - '0' + 1) % 3 + line.substring(1));
    }
    misleading =
        new DataPlace.CsvFiles(Files.write(directory.resolve("misleading.csv"), rows), good.test());
  }

  private RunRequest request(String name, DataPlace data, Recipe recipe, int checkpointEvery) {
    Session session =
        new Session(
            Engine.AUTO, OptionalInt.of(2), OptionalInt.of(checkpointEvery), Optional.empty());
    return new RunRequest(data, recipe, session, directory.resolve(name));
  }

  private Summary complete(RunRequest request) throws IOException {
    RunOutcome outcome = TrainingRun.start(request, new RunListener() {}, new Cancellation());
    return assertInstanceOf(RunOutcome.Completed.class, outcome).summary();
  }

  private Summary resume(RunRequest request, List<String> notices) throws IOException {
    RunListener listener =
        new RunListener() {
          @Override
          public void onNotice(String sentence) {
            notices.add(sentence);
          }
        };
    RunOutcome outcome =
        TrainingRun.resume(
            request.directory(), Session.Overrides.NONE, listener, new Cancellation());
    return assertInstanceOf(RunOutcome.Completed.class, outcome).summary();
  }

  /** Cancels the run when the line of an epoch is in the history. */
  private static void stopAfter(int epoch, RunRequest request) throws IOException {
    Cancellation cancellation = new Cancellation();
    RunListener listener =
        new RunListener() {
          @Override
          public void onEpoch(EpochResult result) {
            if (result.epoch() == epoch) {
              cancellation.request();
            }
          }
        };
    assertInstanceOf(
        RunOutcome.Cancelled.class, TrainingRun.start(request, listener, cancellation));
    assertFalse(Files.exists(request.directory().resolve(Summary.FILE_NAME)));
  }

  /** The history without the seconds. */
  private static List<String> figures(RunRequest request) throws IOException {
    return Files.readAllLines(request.directory().resolve(History.FILE_NAME)).stream()
        .map(line -> line.replaceFirst("(\\d,[^,]*,[^,]*),[^,]*", "$1"))
        .toList();
  }

  @Test
  void theBestEpochIsKept() throws IOException {
    RunRequest request = request("early", misleading, RECIPE.with(EARLY), 1);
    Summary early = complete(request);
    assertEquals(new Ending(Ending.Cause.EARLY_STOP, 4, 1), early.ending());
    assertEquals(4, HistoryReader.read(request.directory()).size());
    // Validation rows, but no early stop.
    Stopping validated = new Stopping(20, 0, OptionalDouble.empty());
    Recipe one = new Recipe(OptionalInt.empty(), List.of(5), 8, 0.05, 1, 7, 0);
    Summary first =
        complete(request("one", misleading, one.with(RECIPE.method()).with(validated), 1));
    assertEquals(first.weightsSha256(), early.weightsSha256());
    assertEquals(first.train().loss(), early.train().loss());
    assertEquals(first.validation().loss(), early.validation().loss());
    assertEquals(40, early.train().rows());
    assertEquals(20, early.validation().rows());
    Json summary = Json.read(request.directory().resolve(Summary.FILE_NAME));
    assertEquals("early-stop", summary.at("ending.cause"));
    assertEquals(4, summary.at("ending.epochs"));
    assertEquals(1, summary.at("ending.keptEpoch"));
    assertEquals(40, summary.at("data.trainRows"));
    assertEquals(20, summary.at("data.validationRows"));
    assertEquals(20, summary.at("validation.rows"));
    assertEquals("momentum", summary.at("recipe.optimizer"));
    assertEquals(3, summary.at("recipe.earlyStop"));
  }

  /** The model is found even if only a checkpoint has it, and not as the last epoch's. */
  @Test
  void aCompleteRunSavesTheKeptEpochAgain() throws IOException {
    RunRequest request = request("run", misleading, RECIPE.with(EARLY), 1);
    String kept = complete(request).weightsSha256();
    Files.delete(request.directory().resolve("model.safetensors"));
    Path again = directory.resolve("again.safetensors");
    Session.Overrides save =
        new Session.Overrides(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(again));
    TrainingRun.resume(request.directory(), save, new RunListener() {}, new Cancellation());
    assertEquals(kept, lanewise.model.ModelFile.read(again).net().sha256());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 1", "4, 3"})
  void anInterruptedRunKeepsTheSameEpoch(int epoch, int checkpointEvery) throws IOException {
    RunRequest whole = request("whole", misleading, RECIPE.with(EARLY), 1);
    String weights = complete(whole).weightsSha256();
    RunRequest request = request("run", misleading, RECIPE.with(EARLY), checkpointEvery);
    stopAfter(epoch, request);
    List<String> notices = new ArrayList<>();
    Summary resumed = resume(request, notices);
    assertEquals(weights, resumed.weightsSha256());
    assertEquals(new Ending(Ending.Cause.EARLY_STOP, 4, 1), resumed.ending());
    assertEquals(figures(whole), figures(request));
    assertEquals(
        "Stopped after epoch 4 of 9: no better validation loss since epoch 1, whose weights are"
            + " kept",
        notices.getLast());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25})
  void aTargetEndsTheRun(double validation) throws IOException {
    Stopping stopping = new Stopping(validation, 0, OptionalDouble.of(0.6));
    RunRequest whole = request("whole", learnable, RECIPE.with(stopping), 1);
    Summary summary = complete(whole);
    List<EpochResult> epochs = HistoryReader.read(whole.directory());
    int last = epochs.size();
    assertTrue(last < 9, "it takes " + last + " epochs");
    assertEquals(new Ending(Ending.Cause.TARGET_ACCURACY, last, last), summary.ending());
    for (EpochResult epoch : epochs) {
      double accuracy = epoch.validation().map(EpochResult.Validation::score).orElse(epoch.score());
      assertEquals(epoch.epoch() == last, accuracy >= 0.6);
    }
    RunRequest request = request("run", learnable, RECIPE.with(stopping), 1);
    stopAfter(last, request);
    List<String> notices = new ArrayList<>();
    Summary resumed = resume(request, notices);
    assertEquals(summary.weightsSha256(), resumed.weightsSha256());
    assertEquals(summary.ending(), resumed.ending());
    assertEquals(figures(whole), figures(request));
    assertEquals(
        "Stopped after epoch %d of 9: the %s accuracy reached 0.6"
            .formatted(last, validation > 0 ? "validation" : "training"),
        notices.getLast());
  }

  @ParameterizedTest
  @EnumSource(Optimizer.Kind.class)
  void anInterruptedRunLearnsTheSame(Optimizer.Kind kind) throws IOException {
    Method method =
        new Method(
            new Optimizer(kind, 0.8, 0.85, 0.95, 1e-6, 0.01),
            Trainer.Mean.ONCE,
            new Schedule(Schedule.Shape.COSINE, 1.5),
            Shuffle.ROWS,
            Init.HE,
            0.1,
            List.of(0.2),
            false,
            Activation.TANH,
            true);
    Recipe recipe = RECIPE.with(method).with(new Stopping(0.2, 8, OptionalDouble.empty()));
    RunRequest whole = request("whole", learnable, recipe, 1);
    Summary summary = complete(whole);
    RunRequest request = request("run", learnable, recipe, 2);
    stopAfter(5, request);
    Summary resumed = resume(request, new ArrayList<>());
    assertEquals(summary.weightsSha256(), resumed.weightsSha256());
    assertEquals(summary.ending(), resumed.ending());
    assertEquals(figures(whole), figures(request));
    assertEquals(48, summary.train().rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EPOCHS | 9 | 9 |",
        "EPOCHS | 9 | 7 | The weights of epoch 7 of 9 are kept: no later epoch had a lower"
            + " validation loss",
        "TARGET_ACCURACY | 5 | 4 | Stopped after epoch 5 of 9: the training accuracy reached 0.5;"
            + " the weights of epoch 4 are kept, whose validation loss is lower",
      })
  void theEndIsSaidInOneSentence(Ending.Cause cause, int epochs, int kept, String sentence) {
    Recipe recipe = RECIPE.with(new Stopping(0, 0, OptionalDouble.of(0.5)));
    assertEquals(Optional.ofNullable(sentence), new Ending(cause, epochs, kept).sentence(recipe));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | 60 rows requested for validation, which leaves none of 60 to learn from",
        "99 | 99 rows requested for validation, which leaves none of 60 to learn from",
        "0.999 | 60 rows requested for validation, which leaves none of 60 to learn from",
        "0.001 | a share of 0.001 of 60 training rows is no row to validate with",
      })
  void thereAreRowsForBoth(double validation, String answer) {
    Recipe recipe = RECIPE.with(new Stopping(validation, 0, OptionalDouble.empty()));
    RunRequest request = request("run", learnable, recipe, 1);
    RunException e = assertThrows(RunException.class, () -> complete(request));
    assertTrue(e.getMessage().endsWith(": " + answer), e::getMessage);
    assertFalse(Files.exists(request.directory()));
  }

  @Test
  void impossibleEndsAreRefused() {
    OptionalDouble none = OptionalDouble.empty();
    for (double validation : new double[] {-1, 1.5, Double.NaN, 1e10}) {
      assertThrows(IllegalArgumentException.class, () -> new Stopping(validation, 0, none));
    }
    assertThrows(IllegalArgumentException.class, () -> new Stopping(0, 1, none));
    assertThrows(IllegalArgumentException.class, () -> new Stopping(5, -1, none));
    for (double target : new double[] {0, 1.01, Double.NaN}) {
      OptionalDouble some = OptionalDouble.of(target);
      assertThrows(IllegalArgumentException.class, () -> new Stopping(0, 0, some));
    }
    Schedule long10 = new Schedule(Schedule.Shape.LINEAR, 10);
    Method slow = Method.of(Optimizer.adam(), long10, Shuffle.NONE, Init.HE);
    assertThrows(IllegalArgumentException.class, () -> RECIPE.with(slow));
  }
}
