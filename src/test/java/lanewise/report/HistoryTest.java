package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir private Path directory;

  @Test
  void eachLineIsOnDiskAtOnce() throws IOException {
    Path file = directory.resolve("history.csv");
    try (History history = History.create(directory)) {
      assertEquals("epoch,loss,accuracy,seconds\n", Files.readString(file));
      history.add(1, 133431.1864281234, 0.20465, 1.23456);
      assertEquals(2, Files.readAllLines(file).size());
      history.add(2, 1e-12, 1, 0);
      assertEquals(3, Files.readAllLines(file).size());
    }
    assertEquals(
        List.of(
            "epoch,loss,accuracy,seconds",
            "1,133431.1864281234,0.20465,1.235",
            "2,1.0E-12,1.0,0.000"),
        Files.readAllLines(file));
  }

  @Test
  void anOlderHistoryIsReplaced() throws IOException {
    Files.writeString(directory.resolve("history.csv"), "something long and old\n".repeat(100));
    History.create(directory).close();
    assertEquals(
        "epoch,loss,accuracy,seconds\n", Files.readString(directory.resolve("history.csv")));
  }
}
