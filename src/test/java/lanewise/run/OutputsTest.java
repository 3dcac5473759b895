package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an output may replace. */
class OutputsTest {
  private static final String READ = "this command reads it";
  private static final String OF_RUN = "it belongs to the run in this directory";

  @TempDir private Path directory;
  private Path input;
  private Path run;

  @BeforeEach
  void writeFiles() throws IOException {
    input = Files.writeString(directory.resolve("input"), "data");
    run = Files.createDirectory(directory.resolve("run"));
    Files.writeString(run.resolve("run.json"), "{\"format\": \"lanewise-run-1\"}");
  }

  private void assertRefused(String reason, Path file) {
    Outputs outputs = new Outputs(List.of(input));
    RunException e = assertThrows(RunException.class, () -> outputs.add(file, null));
    assertEquals("cannot write to %s: %s".formatted(file, reason), e.getMessage());
  }

  @Test
  void newFilesAndFilesOfOthersAreFine() throws IOException {
    Outputs outputs = new Outputs(List.of(input));
    outputs.add(directory.resolve("new"), null);
    outputs.add(directory.resolve("a/b/new"), null);
    outputs.add(Files.writeString(directory.resolve("notes"), "text"), null);
    outputs.add(Files.createSymbolicLink(directory.resolve("link"), Path.of("dangling")), null);
    outputs.add(run.resolve("extra"), null);
  }

  @Test
  void anInputIsRecognisedUnderEachOfItsNames() throws IOException {
    assertRefused(READ, input);
    assertRefused(READ, run.resolve("../input"));
    assertRefused(READ, Files.createLink(directory.resolve("hard"), input));
    assertRefused(
        directory.resolve("missing") + ": no such directory",
        directory.resolve("missing/../input"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), input);
    assertRefused(READ, link);
    Path through = Files.createSymbolicLink(directory.resolve("through"), Path.of("."));
    assertRefused(READ, through.resolve("input"));
    Outputs linked = new Outputs(List.of(link));
    assertThrows(RunException.class, () -> linked.add(input, null));
  }

  @Test
  void twoOutputsMayNotBeTheSame() throws IOException {
    Outputs outputs = new Outputs(List.of());
    outputs.add(directory.resolve("new/one"), null);
    outputs.add(directory.resolve("new/two"), null);
    for (String same : List.of("new/one", "new/./one", "run/../new/one", "NEW/One")) {
      assertThrows(RunException.class, () -> outputs.add(directory.resolve(same), null), same);
    }
  }

  @Test
  void theNamesOfARunAreReserved() throws IOException {
    for (String name : RunDirectory.NAMES) {
      assertRefused(OF_RUN, run.resolve(name));
    }
    assertRefused(OF_RUN, run.resolve("Summary.JSON"));
    new Outputs(List.of()).add(directory.resolve("summary.json"), null);
    Path own = run.resolve("report.html");
    new Outputs(List.of()).add(own, own);
    Files.createSymbolicLink(own, input);
    assertThrows(RunException.class, () -> new Outputs(List.of(input)).add(own, own));
  }

  @Test
  void theNamesOfTheRunToComeAreReserved() throws IOException {
    Path fresh = directory.resolve("fresh");
    Outputs outputs = new Outputs(List.of());
    outputs.newRun(fresh);
    assertThrows(RunException.class, () -> outputs.add(fresh.resolve("run.json"), null));
    assertThrows(RunException.class, () -> outputs.add(fresh, null));
    outputs.add(fresh.resolve("model.safetensors"), fresh.resolve("model.safetensors"));
    outputs.add(fresh.resolve("other"), null);
  }

  @Test
  void oneOutputMayNotBeBelowTheOther() throws IOException {
    Outputs outputs = new Outputs(List.of());
    outputs.newRun(directory.resolve("fresh"));
    outputs.add(directory.resolve("new"), null);
    for (String place :
        List.of("new/below", "fresh/history.csv/below", "run/..", "a/.", "a/b/..")) {
      assertThrows(RunException.class, () -> outputs.add(directory.resolve(place), null), place);
    }
    outputs.add(directory.resolve("fresh/below/history.csv"), null);
  }

  @Test
  void anOutputMayNotBeAboveTheRun() throws IOException {
    Outputs outputs = new Outputs(List.of());
    outputs.newRun(directory.resolve("a/b"));
    assertThrows(RunException.class, () -> outputs.add(directory.resolve("a"), null));
  }

  @Test
  void aRunReplacesOnlyARun() throws IOException {
    new Outputs(List.of(input)).newRun(run);
    new Outputs(List.of(input)).newRun(directory.resolve("new/one"));
    Path empty = Files.createDirectory(directory.resolve("empty"));
    new Outputs(List.of(input)).newRun(empty);
    Files.writeString(empty.resolve("run.lock"), "123");
    new Outputs(List.of(input)).newRun(empty);
    String foreign = "the directory has files, but no run of this program: name a new or an empty";
    assertNoRun(directory, foreign);
    Files.writeString(empty.resolve("run.json"), "{\"format\": \"another program's\"}");
    assertNoRun(empty, foreign);
    assertNoRun(input, "it is not a directory");
    assertNoRun(input.resolve("below"), "is not a directory");
  }

  @Test
  void theFilesOfTheRunMustBeFiles() throws IOException {
    Path summary = run.resolve("summary.json");
    Files.createSymbolicLink(summary, input);
    assertNoRun(run, "it is a symbolic link");
    Files.delete(summary);
    Files.createDirectory(summary);
    assertNoRun(run, "it is a directory");
    Files.delete(summary);
    Files.createLink(run.resolve("history.csv"), input);
    assertNoRun(run, READ);
  }

  private void assertNoRun(Path place, String reason) {
    Outputs outputs = new Outputs(List.of(input));
    RunException e = assertThrows(RunException.class, () -> outputs.newRun(place));
    assertEquals(true, e.getMessage().contains(reason), e.getMessage());
  }
}
