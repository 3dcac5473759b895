package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
  private static final String HEADER = "epoch,loss,accuracy,seconds\n";
  private static final String THREE = "1,9.5,0.1,0.001\n2,8.5,0.2,0.001\n3,7.5,0.3,0.001\n";

  private static final HistoryColumns PLAIN =
      new HistoryColumns(HistoryColumns.ACCURACY, false, false);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("history.csv");
  }

  @Test
  void eachLineIsOnDiskAtOnce() throws IOException {
    try (History history = History.create(directory, PLAIN)) {
      assertEquals(HEADER, Files.readString(file));
      history.add(line(1, 133431.1864281234, 0.20465, 1.23456));
      assertEquals(2, Files.readAllLines(file).size());
      history.add(line(2, 1e-12, 1, 0));
      assertEquals(3, Files.readAllLines(file).size());
      assertEquals(2, history.epochs());
    }
    assertEquals(
        List.of(HEADER.strip(), "1,133431.1864281234,0.20465,1.235", "2,1.0E-12,1.0,0.000"),
        Files.readAllLines(file));
  }

  private static String line(int epoch, double loss, double accuracy, double seconds) {
    return PLAIN.line(
        new EpochResult(epoch, loss, accuracy, seconds, OptionalDouble.empty(), Optional.empty()));
  }

  @Test
  void someRunsHaveMoreColumns() throws IOException {
    EpochResult first =
        new EpochResult(
            1, 5, 0.5, 2, OptionalDouble.empty(), Optional.of(new EpochResult.Validation(3, 0.25)));
    EpochResult second =
        new EpochResult(
            2, 4, 0.6, 2, OptionalDouble.of(0.7), Optional.of(new EpochResult.Validation(2, 0.5)));
    for (boolean tested : new boolean[] {false, true}) {
      HistoryColumns columns = new HistoryColumns(HistoryColumns.ACCURACY, tested, true);
      try (History history = History.create(directory, columns)) {
        history.add(columns.line(first));
        history.add(columns.line(second));
      }
      List<String> lines = Files.readAllLines(file);
      assertEquals(
          "epoch,loss,accuracy,seconds,%svalidation_loss,validation_accuracy"
              .formatted(tested ? "test_accuracy," : ""),
          lines.get(0));
      assertEquals("2,4.0,0.6,2.000,%s2.0,0.5".formatted(tested ? "0.7," : ""), lines.get(2));
      try (History history = History.keep(directory, 1, columns)) {
        assertEquals(1, history.epochs());
      }
      assertEquals(List.of(first), HistoryReader.read(directory));
    }
  }

  @Test
  void anOlderHistoryIsReplaced() throws IOException {
    Files.writeString(file, "something long and old\n".repeat(100));
    History.create(directory, PLAIN).close();
    assertEquals(HEADER, Files.readString(file));
    Files.writeString(file, HEADER + THREE);
    History.create(directory, PLAIN).close();
    assertEquals(HEADER, Files.readString(file));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 1, 16", "2, 2, 32", "3, 3, 48", "4, 3, 48"})
  void aHistoryIsTruncatedAfterAnEpoch(int keep, int kept, int bytes) throws IOException {
    Files.writeString(file, HEADER + THREE);
    try (History history = History.keep(directory, keep, PLAIN)) {
      assertEquals(kept, history.epochs());
      history.add("next");
    }
    assertEquals(HEADER + THREE.substring(0, bytes) + "next\n", Files.readString(file));
  }

  /**
   * Wherever a kill has truncated the file, complete lines are kept and a partial line is removed.
   */
  @Test
  void aPartialLineIsRemoved() throws IOException {
    String whole = HEADER + THREE;
    for (int cut = 0; cut <= whole.length(); cut++) {
      Files.writeString(file, whole.substring(0, cut));
      History.keep(directory, 3, PLAIN).close();
      int end = whole.substring(0, cut).lastIndexOf('\n') + 1;
      String expected = whole.substring(0, Math.max(end, HEADER.length()));
      assertEquals(expected, Files.readString(file), "cut at " + cut);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2,8|9,8|1", "1,9|x|0", "3,7|33,7|2", "epoch|epcoh|0", "2,8|2;8|1"})
  void outOfOrderLinesAreRemovedWithAllThatFollow(String change, String to, int kept)
      throws IOException {
    Files.writeString(file, (HEADER + THREE).replace(change, to));
    try (History history = History.keep(directory, 3, PLAIN)) {
      assertEquals(kept, history.epochs());
    }
    assertEquals(kept + 1, Files.readAllLines(file).size());
    assertEquals(HEADER + THREE.substring(0, 16 * kept), Files.readString(file));
  }

  @Test
  void anEndlessLineIsRemoved() throws IOException {
    Files.writeString(file, HEADER + "1," + "0".repeat(1 << 20));
    History.keep(directory, 1, PLAIN).close();
    assertEquals(HEADER, Files.readString(file));
  }
}
