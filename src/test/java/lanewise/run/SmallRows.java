package lanewise.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two small CSV files: three classes of three pixels. */
final class SmallRows {
  private SmallRows() {}

  /** Writes 60 training and 20 test rows. */
  static DataPlace.CsvFiles write(Path directory) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      rows.add("%d,%d,%d,%d".formatted(row % 3, 80 * (row % 3), row * 4, 255 - row));
    }
    return new DataPlace.CsvFiles(
        Files.write(directory.resolve("train.csv"), rows),
        Files.write(directory.resolve("test.csv"), rows.subList(0, 20)));
  }
}
