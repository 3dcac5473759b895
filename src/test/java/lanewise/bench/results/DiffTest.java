package lanewise.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison distinguishes slowdowns from noise. */
class DiffTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void nothingChanged() throws IOException {
    assertEquals(0, diff(SampleResults.results(), SampleResults.results()));
    assertFalse(out().contains("slower"), out());
    assertTrue(out().contains("Tolerated as noise: 5 %"), out());
  }

  @Test
  void slowdownsArePrinted() throws IOException {
    Results old = one(100);
    assertEquals(1, diff(old, one(90)));
    assertTrue(
        out().matches("(?s)slower  -10\\.0 % \\(noise  5\\.0 %\\)  exp \\{kind=a}.*"), out());
  }

  @Test
  void speedUpsAreNotFailures() throws IOException {
    assertEquals(0, diff(one(100), one(120)));
    assertTrue(out().startsWith("faster"), out());
  }

  @Test
  void smallChangesAreNoise() throws IOException {
    assertEquals(0, diff(one(100), one(96)));
    assertTrue(out().startsWith("1 of 1 unchanged"), out());
  }

  @Test
  void theSameChangeIsNoiseWhereTheSamplesSpreadAsMuch() throws IOException {
    assertEquals(0, diff(noisy(100), noisy(80)));
    assertEquals(1, diff(noisy(100), noisy(30)));
  }

  @Test
  void lessTimeIsFaster() throws IOException {
    assertEquals(0, diff(seconds(2), seconds(1)));
    assertEquals(1, diff(seconds(1), seconds(2)));
  }

  @Test
  void reportsOtherMachinesAndMissingMeasurements() throws IOException {
    Results now = new Results();
    now.facts().put("cpu", "another");
    Results old = one(100);
    old.facts().put("cpu", "one");
    assertEquals(0, diff(old, now));
    assertTrue(out().contains("differs: cpu was one, is another"), out());
    assertTrue(out().contains("1 in the old file only"), out());
  }

  @Test
  void badCommandsAndFiles() throws IOException {
    assertEquals(2, Diff.run(new String[] {}, stream(out), stream(err)));
    assertTrue(err.toString().startsWith("usage: bench/diff"), err.toString());
    String missing = directory.resolve("missing.json").toString();
    err.reset();
    assertEquals(2, Diff.run(new String[] {missing, missing}, stream(out), stream(err)));
    assertEquals("bench/diff: " + missing + ": no such file\n", err.toString());
    assertEquals(0, Diff.run(new String[] {"--help"}, stream(out), stream(err)));
  }

  private static Results one(double rate) {
    Results results = new Results();
    results.add(SampleResults.measurement("exp", Map.of("kind", "a"), rate));
    return results;
  }

  private static Results noisy(double rate) {
    Results results = new Results();
    List<Double> samples = List.of(0.6 * rate, 0.8 * rate, rate, 1.2 * rate, 1.4 * rate);
    results.add(new Measurement("exp", Map.of(), Measurement.RATE, 0, 0, 0, List.of(samples)));
    return results;
  }

  private static Results seconds(double seconds) {
    Results results = new Results();
    results.add(
        new Measurement(
            "epoch", Map.of(), Measurement.SECONDS, 0, 0, 0, List.of(List.of(seconds))));
    return results;
  }

  private int diff(Results old, Results now) throws IOException {
    Path before = directory.resolve("old.json");
    Path after = directory.resolve("new.json");
    ResultsFile.write(before, old);
    ResultsFile.write(after, now);
    out.reset();
    return Diff.run(new String[] {before.toString(), after.toString()}, stream(out), stream(err));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
