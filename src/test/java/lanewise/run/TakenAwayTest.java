package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lanewise.TestJvm;
import lanewise.cli.Main;
import lanewise.model.ModelFile;
import lanewise.nn.Engine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose directory, lock or model file is taken away, or wanted by another run. */
@Timeout(120)
class TakenAwayTest {
  private static final int EPOCHS = 6;

  @TempDir private Path directory;
  private DataPlace.CsvFiles data;
  private Path run;

  @BeforeEach
  void writeData() throws IOException {
    data = SmallRows.write(directory);
    run = directory.resolve("run");
  }

  /** Something that happens to the files of a run. */
  @FunctionalInterface
  private interface Event {
    void happen() throws IOException, InterruptedException;
  }

  /** Lets something happen after two epochs. */
  private record Then(Event event) implements RunListener {
    @Override
    public void onEpoch(EpochResult result) {
      if (result.epoch() == 2) {
        try {
          event.happen();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private RunOutcome train(Path save, Event event) throws IOException {
    Recipe recipe = new Recipe(OptionalInt.empty(), List.of(5), 8, 0.5, EPOCHS, 7, 0);
    Session session =
        new Session(Engine.AUTO, OptionalInt.of(1), OptionalInt.of(1), Optional.ofNullable(save));
    return TrainingRun.start(
        new RunRequest(data, recipe, session, run), new Then(event), new Cancellation());
  }

  private RunOutcome train() throws IOException {
    return train(null, () -> {});
  }

  private void assertLost(Event event) {
    RunLostException e = assertThrows(RunLostException.class, () -> train(null, event));
    assertTrue(e.getMessage().startsWith(run + ": the run's directory or its"), e.getMessage());
  }

  @Test
  void aRunWhoseDirectoryWasMovedStops() throws IOException {
    Path moved = directory.resolve("moved");
    assertLost(() -> Files.move(run, moved));
    assertFalse(Files.exists(run));
    assertEquals(2, HistoryReader.read(moved).size());
    assertInstanceOf(
        RunOutcome.Completed.class,
        TrainingRun.resume(
            moved, Session.Overrides.NONE, new RunListener() {}, new Cancellation()));
  }

  @Test
  void aRunWhoseDirectoryNowHoldsAnotherRunStopsAndLeavesIt() throws IOException {
    assertLost(
        () -> {
          Files.move(run, directory.resolve("moved"));
          train();
        });
    assertEquals(EPOCHS, HistoryReader.read(run).size());
    assertTrue(Files.exists(run.resolve("summary.json")));
  }

  @Test
  void aRunWhoseLockWasReplacedStops() {
    assertLost(
        () -> {
          Path lock = run.resolve("run.lock");
          byte[] content = Files.readAllBytes(lock);
          Files.delete(lock);
          Files.write(lock, content);
        });
  }

  @Test
  void aSecondRunInTheSameProcessDoesNotFreeTheDirectoryForAThird() throws IOException {
    RunOutcome outcome =
        train(
            null,
            () -> {
              RunException second = assertThrows(RunException.class, this::train);
              assertTrue(second.getMessage().contains("another run is writing"), second::toString);
              TestJvm.Result third =
                  TestJvm.run(
                      TestJvm.VECTORS,
                      Main.class,
                      "train",
                      "--resume",
                      run.toString(),
                      "--engine",
                      "scalar");
              assertEquals(1, third.status(), third.output());
              assertTrue(third.output().contains("another run is writing there"), third.output());
            });
    assertInstanceOf(RunOutcome.Completed.class, outcome);
    assertEquals(EPOCHS, HistoryReader.read(run).size());
  }

  @Test
  void aFileNamedRunLockThatIsNoLockIsKept() throws IOException {
    Files.createDirectory(run);
    Path lock = Files.writeString(run.resolve("run.lock"), "notes about locks");
    RunException e = assertThrows(RunException.class, this::train);
    assertTrue(e.getMessage().contains("not the lock of a run"), e.getMessage());
    assertEquals("notes about locks", Files.readString(lock));
  }

  @Test
  void aRefusedRunLeavesNothing() throws IOException {
    run = directory.resolve("a/b");
    Path save = directory.resolve("train.csv/model");
    assertThrows(RunException.class, () -> train(save, () -> {}));
    assertFalse(Files.exists(directory.resolve("a")));
    // Too many layers for a file: found out with the directory locked.
    Recipe deep = new Recipe(OptionalInt.empty(), Collections.nCopies(150_000, 1), 8, 0.5, 1, 7, 0);
    assertThrows(
        IOException.class,
        () ->
            TrainingRun.start(
                new RunRequest(data, deep, Session.DEFAULT, run),
                new RunListener() {},
                new Cancellation()));
    assertFalse(Files.exists(directory.resolve("a")));
  }

  @Test
  void aModelThatCannotBeSavedInTheEndIsKeptInTheDirectory() throws IOException {
    Path save = directory.resolve("model");
    RunOutcome.Completed completed =
        assertInstanceOf(
            RunOutcome.Completed.class, train(save, () -> Files.createDirectory(save)));
    Path kept = run.resolve("model.safetensors");
    assertEquals(kept, completed.modelFile());
    assertEquals(
        "cannot write to %s: it is a directory; the model is in %s".formatted(save, kept),
        completed.problem().orElseThrow().getMessage());
    assertEquals(completed.summary().weightsSha256(), ModelFile.read(kept).net().sha256());
    assertTrue(Files.exists(run.resolve("summary.json")));
  }

  @Test
  void aCompleteRunIsSavedAgain() throws IOException {
    train();
    Path bytes = directory.resolve("bytes");
    Files.copy(run.resolve("model.safetensors"), bytes);
    for (String lost : List.of("none", "model.safetensors", "checkpoint.safetensors")) {
      Files.deleteIfExists(run.resolve(lost));
      Path save = directory.resolve("saved/without-" + lost);
      Session.Overrides changes =
          new Session.Overrides(
              Optional.empty(),
              Optional.empty(),
              OptionalInt.empty(),
              OptionalInt.empty(),
              Optional.of(save));
      if (lost.startsWith("checkpoint")) {
        RunException e = assertThrows(RunException.class, () -> resume(changes));
        assertTrue(e.getMessage().contains("none of its files has its network"), e.getMessage());
        assertFalse(Files.exists(save));
      } else {
        RunOutcome.AlreadyComplete outcome =
            assertInstanceOf(RunOutcome.AlreadyComplete.class, resume(changes));
        assertEquals(Optional.of(save), outcome.modelFile());
        assertEquals(-1, Files.mismatch(bytes, save));
      }
    }
  }

  private RunOutcome resume(Session.Overrides changes) throws IOException {
    return TrainingRun.resume(run, changes, new RunListener() {}, new Cancellation());
  }
}
