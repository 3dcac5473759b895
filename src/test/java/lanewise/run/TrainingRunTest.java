package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import lanewise.data.DataException;
import lanewise.nn.Activation;
import lanewise.nn.Engine;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run as a program without a terminal uses it. */
class TrainingRunTest {
  private static final Recipe RECIPE = new Recipe(OptionalInt.of(50), List.of(5), 8, 0.5, 6, 7, 2);

  @TempDir private Path directory;
  private DataPlace data;

  @BeforeEach
  void writeData() throws IOException {
    data = SmallRows.write(directory);
  }

  private RunRequest request(String name, Recipe recipe) {
    Session session =
        new Session(Engine.AUTO, OptionalInt.of(2), OptionalInt.of(1), Optional.empty());
    return new RunRequest(data, recipe, session, directory.resolve(name));
  }

  private RunOutcome.Completed complete(String name) throws IOException {
    return assertInstanceOf(
        RunOutcome.Completed.class,
        TrainingRun.start(request(name, RECIPE), new RunListener() {}, new Cancellation()));
  }

  /** Cancels in the middle of an epoch. */
  private record Canceller(Cancellation cancellation, int epoch, List<String> events)
      implements RunListener {
    @Override
    public void onBegin(Header header) {
      events.add("begin " + header.resumedAfter());
    }

    @Override
    public void onEpochBegin(int number) {
      events.add("epoch " + number);
    }

    @Override
    public void onBatch(int rows) {
      if (events.getLast().equals("epoch " + epoch) && rows >= 16) {
        cancellation.request();
      }
    }

    @Override
    public void onCheckpoint(int number) {
      events.add("checkpoint " + number);
    }

    @Override
    public void onEpoch(EpochResult result) {
      events.add("result %d %s".formatted(result.epoch(), result.testScore().isPresent()));
    }
  }

  @Test
  void aCancelledRunIsResumedAndEndsWithTheSameWeights() throws IOException {
    String whole = complete("whole").summary().weightsSha256();
    Cancellation cancellation = new Cancellation();
    Canceller listener = new Canceller(cancellation, 3, new ArrayList<>());
    RunOutcome outcome = TrainingRun.start(request("cancelled", RECIPE), listener, cancellation);
    assertInstanceOf(RunOutcome.Cancelled.class, outcome);
    assertEquals(
        List.of(
            "begin 0",
            "epoch 1",
            "checkpoint 1",
            "result 1 false",
            "epoch 2",
            "checkpoint 2",
            "result 2 true",
            "epoch 3"),
        listener.events());
    Path run = directory.resolve("cancelled");
    assertEquals(2, HistoryReader.read(run).size());
    assertFalse(Files.exists(run.resolve(Summary.FILE_NAME)));
    Session.Overrides changes =
        new Session.Overrides(
            Optional.empty(),
            Optional.of(Engine.SCALAR),
            OptionalInt.of(1),
            OptionalInt.of(0),
            Optional.of(directory.resolve("saved")));
    Canceller second = new Canceller(cancellation, -1, new ArrayList<>());
    RunOutcome.Completed completed =
        assertInstanceOf(
            RunOutcome.Completed.class,
            TrainingRun.resume(run, changes, second, new Cancellation()));
    assertEquals(List.of("begin 2", "epoch 3"), second.events().subList(0, 2));
    assertEquals(whole, completed.summary().weightsSha256());
    assertEquals(directory.resolve("saved"), completed.modelFile());
    assertEquals(Engine.SCALAR, completed.summary().settings().engine());
    assertEquals(6, HistoryReader.read(run).size());
    RunOutcome again =
        TrainingRun.resume(run, Session.Overrides.NONE, new RunListener() {}, new Cancellation());
    assertEquals(
        whole, assertInstanceOf(RunOutcome.AlreadyComplete.class, again).result().weightsSha256());
  }

  @Test
  void theRecordIsReadAsItWasWritten() throws IOException {
    Session session =
        new Session(
            Engine.SCALAR,
            OptionalInt.of(3),
            OptionalInt.of(0),
            Optional.of(directory.resolve("m")));
    for (DataPlace place :
        List.of(
            data,
            new DataPlace.Builtin(),
            new DataPlace.Piped(),
            new DataPlace.Directory(directory))) {
      RunRecord record = new RunRecord(Instant.EPOCH, place, "ab".repeat(32), RECIPE, session);
      record.write(directory);
      assertEquals(record, RunRecord.read(directory));
    }
    RunRecord plain =
        new RunRecord(Instant.EPOCH, data, "0".repeat(64), Recipe.REFERENCE, Session.DEFAULT);
    plain.write(directory);
    assertEquals(plain, RunRecord.read(directory));
    for (Recipe recipe : List.of(Recipe.FAST, Recipe.BEST, UNUSUAL)) {
      RunRecord record =
          new RunRecord(Instant.EPOCH, data, "0".repeat(64), recipe, Session.DEFAULT);
      record.write(directory);
      assertEquals(record, RunRecord.read(directory));
    }
  }

  private static final Recipe UNUSUAL =
      RECIPE
          .with(
              new Method(
                  new Optimizer(Optimizer.Kind.NESTEROV, 0.8, 0.1, 0.2, 1e-5, 0.01),
                  Trainer.Mean.TWICE,
                  new Schedule(Schedule.Shape.COSINE, 0.25),
                  Shuffle.GROUPS,
                  Init.HE,
                  0.1,
                  List.of(0.5),
                  true,
                  Activation.TANH,
                  true))
          .with(new Stopping(0.125, 3, OptionalDouble.of(0.75)));

  /** A record of a version that knew only the reference run's method. */
  @Test
  void anOldRecordMeansTheReferencesMethod() throws IOException {
    RunRecord record = new RunRecord(Instant.EPOCH, data, "0".repeat(64), RECIPE, Session.DEFAULT);
    record.write(directory);
    Path file = directory.resolve(RunRecord.FILE_NAME);
    String old =
        Files.readString(file).replaceFirst("(?s),\\s*\"optimizer\".*?\"earlyStop\" : 0", "");
    assertFalse(old.contains("momentum"), old);
    Files.writeString(file, old);
    assertEquals(record, RunRecord.read(directory));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"sgd\" | \"fgs\" | : no optimizer's name 'recipe.optimizer'",
        "\"warmup\" : 0.0 | \"warmup\" : 7 | : recipe: the warm-up must not be longer than all epochs",
        "\"beta1\" : 0.9 | \"beta1\" : 1 | : recipe: beta1 is at least 0 and below 1, not 1.0",
        "\"augment\" : false | \"augment\" : 0 | : no boolean 'recipe.augment'",
        "\"dropout\" : [ ] | \"dropout\" : [\"a\"] | : no list of numbers 'recipe.dropout'",
        "\"validation\" : 0.0 | \"validation\" : 1.5 | : recipe: validation is a share below 1 or a"
            + " number of rows, not 1.5",
        "\"earlyStop\" : 0 | \"earlyStop\" : 2 | : recipe: early stopping takes a number of epochs"
            + " and validation rows, not 2 and 0.0",
        "\"mean\" | \"man\" | : no string 'recipe.mean'",
      })
  void aRecordOutOfRangeIsRefused(String text, String other, String answer) throws IOException {
    new RunRecord(Instant.EPOCH, data, "0".repeat(64), RECIPE, Session.DEFAULT).write(directory);
    Path file = directory.resolve(RunRecord.FILE_NAME);
    String good = Files.readString(file);
    assertTrue(good.contains(text), good);
    Files.writeString(file, good.replace(text, other));
    RunException e = assertThrows(RunException.class, () -> RunRecord.read(directory));
    assertEquals(file + answer, e.getMessage());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs named pipes")
  void rowsFromAPipeAreNamedAgainToResume() throws Exception {
    DataPlace.CsvFiles files = (DataPlace.CsvFiles) data;
    DataPlace pipes = new DataPlace.CsvFiles(pipe(files.train()), pipe(files.test().orElseThrow()));
    Cancellation cancellation = new Cancellation();
    Canceller listener = new Canceller(cancellation, 3, new ArrayList<>());
    RunRequest request = new RunRequest(pipes, RECIPE, Session.DEFAULT, directory.resolve("run"));
    assertInstanceOf(
        RunOutcome.Cancelled.class, TrainingRun.start(request, listener, cancellation));
    assertEquals(new DataPlace.Piped(), RunRecord.read(request.directory()).data());
    DataException e =
        assertThrows(DataException.class, () -> resume(request, Session.Overrides.NONE));
    assertTrue(e.getMessage().contains("name them again with --train and --test"), e::getMessage);
    Session.Overrides named =
        new Session.Overrides(
            Optional.of(data),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty());
    assertEquals(
        complete("whole").summary().weightsSha256(),
        assertInstanceOf(RunOutcome.Completed.class, resume(request, named))
            .summary()
            .weightsSha256());
  }

  /** Such a name is that of another file in the next process, or of none. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anOpenFileOfTheProcessIsNotRecordedByItsNumber() throws IOException {
    DataPlace.CsvFiles files = (DataPlace.CsvFiles) data;
    try (FileInputStream open = new FileInputStream(files.train().toFile());
        Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      assertTrue(open.getFD().valid());
      Path number = descriptors.filter(path -> isSame(path, files.train())).findFirst().get();
      assertTrue(Files.isRegularFile(number));
      DataPlace place = new DataPlace.CsvFiles(number, files.test());
      assertEquals(new DataPlace.Piped(), place.read(1, new RunListener() {}).place());
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // The descriptor of the list itself is closed by now.
    }
  }

  private static RunOutcome resume(RunRequest request, Session.Overrides changes)
      throws IOException {
    return TrainingRun.resume(
        request.directory(), changes, new RunListener() {}, new Cancellation());
  }

  /** A named pipe that another thread fills with the content of a file. */
  private Path pipe(Path file) throws Exception {
    Path pipe = directory.resolve(file.getFileName() + ".pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Files.write(pipe, Files.readAllBytes(file));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return pipe;
  }

  @Test
  void aSealedRunRecordsNothing() throws IOException {
    Cancellation cancellation = new Cancellation();
    RunListener sealing =
        new RunListener() {
          @Override
          public void onEpoch(EpochResult result) {
            if (result.epoch() == 2) {
              assertTrue(cancellation.seal());
            }
          }
        };
    RunOutcome outcome = TrainingRun.start(request("sealed", RECIPE), sealing, cancellation);
    assertInstanceOf(RunOutcome.Cancelled.class, outcome);
    assertEquals(2, HistoryReader.read(directory.resolve("sealed")).size());
    assertFalse(Files.exists(directory.resolve("sealed").resolve(Summary.FILE_NAME)));
  }

  @Test
  void aCompleteRunCannotBeSealed() throws IOException {
    Cancellation cancellation = new Cancellation();
    TrainingRun.start(request("run", RECIPE), new RunListener() {}, cancellation);
    assertFalse(cancellation.seal());
  }

  @Test
  void divergenceNamesEpochAndBatch() {
    Recipe diverging = new Recipe(OptionalInt.empty(), List.of(5), 8, 1e300, 6, 7, 0);
    RunDivergedException e =
        assertThrows(
            RunDivergedException.class,
            () ->
                TrainingRun.start(
                    request("run", diverging), new RunListener() {}, new Cancellation()));
    assertEquals(
        "the loss or a weight became NaN or infinite in epoch 1, batch 2: try a learning rate below 1.0E300",
        e.getMessage());
  }

  /** The training rows are faint, so that only the test rows overflow. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anAccuracyOfOutputsThatAreNotFiniteIsNoResult(int testEvery) throws IOException {
    String even = ",1,0".repeat(100);
    String odd = ",0,1".repeat(100);
    Path train = directory.resolve("faint.csv");
    Files.writeString(train, ("0" + even + "\n1" + odd + "\n").repeat(32));
    Path test = directory.resolve("bright.csv");
    Files.writeString(test, ("0" + even + "\n").replace(",1", ",255"));
    DataPlace place = new DataPlace.CsvFiles(train, test);
    Recipe recipe = new Recipe(OptionalInt.empty(), List.of(), 64, 1e42, 1, 7, testEvery);
    RunRequest request = new RunRequest(place, recipe, Session.DEFAULT, directory.resolve("run"));
    RunDivergedException e =
        assertThrows(
            RunDivergedException.class,
            () -> TrainingRun.start(request, new RunListener() {}, new Cancellation()));
    assertEquals(
        "the loss of the test rows is NaN or infinite after epoch 1: try a learning rate below"
            + " 1.0E42",
        e.getMessage());
    assertFalse(Files.exists(request.directory().resolve(Summary.FILE_NAME)));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe(OptionalInt.of(0), List.of(), 1, 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe(OptionalInt.empty(), List.of(0), 1, 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe(OptionalInt.empty(), List.of(), 1, Double.NaN, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Session(Engine.AUTO, OptionalInt.of(1025), OptionalInt.empty(), Optional.empty()));
  }
}
