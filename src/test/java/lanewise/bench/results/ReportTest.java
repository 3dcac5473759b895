package lanewise.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** Tables, pictures and quotations of made-up results. */
class ReportTest {
  @TempDir private Path directory;

  @Test
  void writesAPageAndPicturesThatAreXml()
      throws IOException, ParserConfigurationException, SAXException {
    new Report(SampleResults.results(), directory, "sample").write();
    String page = Files.readString(directory.resolve("sample.md"));
    assertTrue(page.contains("| 64x64x64 | forward | 80.0 | 50 % | 40.0 | 90.0 |"), page);
    assertTrue(page.contains("2.00 [2.00..2.00]"), page);
    assertFalse(page.contains("NaN") || page.contains("null "), page);
    for (String picture : List.of("roofline", "sizes", "threads")) {
      String file = "sample-%s.svg".formatted(picture);
      assertTrue(page.contains("](" + file + ")"), page);
      var svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(directory.resolve(file).toFile());
      assertEquals("svg", svg.getDocumentElement().getTagName());
      assertTrue(svg.getElementsByTagName("circle").getLength() > 3, file);
      assertFalse(Files.readString(directory.resolve(file)).contains("NaN"), file);
    }
  }

  @Test
  void listsWherePeersAreFasterAndWhereNeitherIs() {
    String losses = new PeerTables(SampleResults.results()).losses();
    assertTrue(losses.contains("- 64x64x64 forward to MKL: Lanewise has 0.89"), losses);
    assertFalse(losses.contains("to OpenBLAS"), losses);
    assertFalse(losses.contains("to NumPy"), losses);
    assertTrue(losses.contains("64x64x64 forward and EJML (1.00 [1.00..1.00])"), losses);
  }

  @Test
  void predictionsAreComparedAtTheSameRows() {
    PeerTables tables = new PeerTables(SampleResults.results());
    String predictions = tables.predictions();
    String one = "| 1 | 100,000 | 50,000 | 40,000 | 2.00 [2.00..2.00] |";
    String many = "| 64 | 100,000 | 200,000 | 40,000 | 0.50 [0.50..0.50] |";
    assertTrue(predictions.contains(one + "\n" + many), predictions);
    String losses = tables.losses();
    String lost = "- predictions, rows: 64 to ONNX Runtime: Lanewise has 0.50";
    assertTrue(losses.contains(lost), losses);
    assertFalse(losses.contains("rows: 1 "), losses);
  }

  @Test
  void epochsAreComparedAtTheSameThreads() {
    String epochs = new PeerTables(SampleResults.results()).epochs();
    assertTrue(epochs.contains("| NumPy | 2 | 0.503 s | 0.503 s | 2.00"), epochs);
  }

  @Test
  void theTimeToAccuracyCountsAllSeeds() {
    String table = new AccuracyTable(SampleResults.accuracy()).table();
    String lanewise =
        "| Lanewise | 4 epochs | 3 | 4.00 s | 7.00 s | 98.40 % | 98.39 % | 98.4 % | 2 of 3 |";
    String numpy =
        "| NumPy | 4 epochs | 2 | 8.50 s | 9.00 s | 97.75 % | 97.50 % | 98.4 % | 0 of 2 |";
    assertTrue(table.contains(lanewise + "\n" + numpy + "\n"), table);
    assertTrue(
        table.endsWith("\n- NumPy: 2.4\n- **failed**: seed 3, NumPy: exit status 1\n"), table);
  }

  @Test
  void theTimeToAccuracyAndTheRestKeepEachOthersBlocks() throws IOException {
    Path readme = directory.resolve("README.md");
    String accuracy = "<!-- bench:accuracy -->\nold\n<!-- bench:end -->\n";
    String losses = "<!-- bench:losses -->\nold\n<!-- bench:end -->\n";
    Files.writeString(readme, accuracy + losses);
    Report report = new Report(SampleResults.accuracy(), directory, "sample");
    report.write();
    report.quoteIn(readme);
    String contest = Files.readString(readme);
    assertTrue(contest.endsWith(losses) && contest.contains("| Lanewise |"), contest);
    assertFalse(Files.readString(directory.resolve("sample.md")).contains("Where we lose"));
    Results nothing = new Results();
    nothing.facts().put("seeds", "3");
    new Report(nothing, directory, "sample").quoteIn(readme);
    assertTrue(Files.readString(readme).endsWith(losses), "all entries failed");
    Files.writeString(readme, accuracy + losses);
    new Report(SampleResults.results(), directory, "sample").quoteIn(readme);
    String rest = Files.readString(readme);
    assertTrue(rest.startsWith(accuracy) && rest.contains("Where we lose"), rest);
  }

  @Test
  void emptyResultsGiveAPage() throws IOException {
    new Report(new Results(), directory, "empty").write();
    assertTrue(Files.exists(directory.resolve("empty.md")));
  }

  @Test
  void replacesOnlyTextBetweenMarkers() throws IOException {
    Path readme = directory.resolve("README.md");
    Files.writeString(readme, "before\n<!-- bench:losses -->\nold $1\n<!-- bench:end -->\nafter\n");
    Results results = SampleResults.results();
    new Report(results, directory.resolve("bench/results"), "sample").quoteIn(readme);
    String text = Files.readString(readme);
    String losses = new PeerTables(results).losses();
    assertEquals(
        "before\n<!-- bench:losses -->\n\n" + losses + "\n<!-- bench:end -->\nafter\n", text);
    Files.writeString(readme, "<!-- bench:roofline -->\n<!-- bench:end -->\n");
    new Report(results, directory.resolve("bench/results"), "sample").quoteIn(readme);
    assertTrue(
        Files.readString(readme).contains("](bench/results/sample-roofline.svg)"),
        Files.readString(readme));
  }

  @Test
  void anUnknownBlockIsAnError() throws IOException {
    Path readme = directory.resolve("README.md");
    Files.writeString(readme, "<!-- bench:nonsense -->\n<!-- bench:end -->\n");
    assertThrows(
        IOException.class,
        () -> new Report(SampleResults.results(), directory, "s").quoteIn(readme));
  }
}
