package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.fuzz.Refusal;
import lanewise.fuzz.Scratch;
import lanewise.nn.Task;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;

/** Fuzz target: a table whose last column is the label, for training and then for a network. */
public final class TableFuzz {
  private static final Path DIRECTORY = Scratch.directory();

  private TableFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = Files.write(DIRECTORY.resolve("table.csv"), input);
    for (Task task : Task.values()) {
      for (Missing missing : Missing.values()) {
        Table table;
        try {
          table =
              DataSource.table(
                  file, new TableOptions("3", List.of("2"), task, missing, TableOptions.FOUND));
        } catch (DataException e) {
          Refusal.check(e);
          continue;
        }
        check(file, table, missing);
      }
    }
  }

  private static void check(Path file, Table table, Missing missing) throws IOException {
    assertTrue(table.rows() > 0);
    int line = 0;
    for (int row = 0; row < table.rows(); row++) {
      assertTrue(table.line(row) > line, "lines ascend");
      line = table.line(row);
    }
    Encoding encoding;
    try {
      encoding = Encoding.fit(table, Scale.STANDARD, missing);
    } catch (IllegalArgumentException e) {
      Refusal.check(e);
      return;
    }
    for (float value : encoding.inputs(table)) {
      assertTrue(Float.isFinite(value));
    }
    Table again = DataSource.table(file, encoding, true, TableOptions.FOUND);
    assertArrayEquals(encoding.inputs(table), encoding.inputs(again));
    assertEquals(encoding.samples(table).rows(), encoding.samples(again).rows());
  }
}
