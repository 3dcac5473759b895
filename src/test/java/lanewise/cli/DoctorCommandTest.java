package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lanewise.nn.Engine;
import lanewise.run.Machine;
import lanewise.run.Version;
import org.junit.jupiter.api.Test;

/** {@code doctor} on the machine that runs the tests. */
class DoctorCommandTest {
  @Test
  void tellsWhatTrainingWouldRunOn() {
    CommandRun run = CommandRun.of("doctor");
    run.checkSane();
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    List<String> lines = run.out().lines().toList();
    Machine here = Machine.here();
    assertEquals("Lanewise  " + Version.text(), lines.getFirst());
    assertTrue(lines.get(1).startsWith("Java      " + here.jvm() + ", "), run.out());
    assertTrue(lines.contains("System    " + here.os()), run.out());
    assertTrue(lines.contains("CPU       " + here.cpu()), run.out());
    assertTrue(run.out().contains("\nThreads   " + here.cores() + ", "), run.out());
    String engine = "\nEngine    %s, because ".formatted(VersionText.describe(Engine.AUTO));
    assertTrue(run.out().contains(engine), run.out());
    assertTrue(
        run.out().matches("(?s).*\nSpeed     \\d+\\.\\d GFLOP/s with one thread.*"), run.out());
    int rest = lines.indexOf("") + 1;
    assertTrue(rest > 0 && rest < lines.size(), run.out());
    if (!lines.get(rest).equals("Nothing to improve.")) {
      lines.subList(rest, lines.size()).forEach(line -> assertTrue(line.startsWith("- "), line));
    }
  }
}
