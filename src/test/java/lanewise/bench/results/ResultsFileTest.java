package lanewise.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are read back as written; any other file is rejected with one line that names it. */
class ResultsFileTest {
  @TempDir private Path directory;

  @Test
  void survivesARoundTrip() throws IOException {
    Path file = directory.resolve("deep/results.json");
    Results results = SampleResults.results();
    results.failures().add("gemm: wrong");
    ResultsFile.write(file, results);
    Results read = ResultsFile.read(file);
    assertEquals(results.facts(), read.facts());
    assertEquals(results.versions(), read.versions());
    assertEquals(results.failures(), read.failures());
    assertEquals(results.measurements(), read.measurements());
    try (var files = Files.list(file.getParent())) {
      assertEquals(1, files.count(), "nothing else is left there");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{",
        "{\"format\": 2}",
        "{\"format\": 1}",
        "{\"format\": 1, \"facts\": {}, \"versions\": {}, \"failures\": [], \"measurements\": [3]}"
      })
  void refusesOtherFiles(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("other.json"), text);
    IOException e = assertThrows(IOException.class, () -> ResultsFile.read(file));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  @Test
  void samplesOfTheSameMeasurementAreJoined() {
    Results results = new Results();
    results.addAll(SampleResults.results());
    results.addAll(SampleResults.results());
    assertEquals(SampleResults.results().measurements().size(), results.measurements().size());
    assertEquals(6, results.find("exp").orElseThrow().samples().size());
  }
}
