package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lanewise.fuzz.Refusal;
import lanewise.fuzz.Scratch;

/** Fuzz target: a CSV file of labels and pixels. */
public final class CsvFuzz {
  private static final Path DIRECTORY = Scratch.directory();

  private CsvFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Rows rows;
    try {
      rows = read(input);
    } catch (DataException e) {
      Refusal.check(e);
      return;
    }
    assertTrue(rows.width() > 0 && rows.labels().length > 0);
    assertEquals(rows.labels().length * rows.width(), rows.pixels().length);
    Rows again = read(write(rows).getBytes(StandardCharsets.US_ASCII));
    assertArrayEquals(rows.labels(), again.labels());
    assertArrayEquals(rows.pixels(), again.pixels());
    String text = new String(input, StandardCharsets.UTF_8);
    if (!text.contains("\"") && (input.length < 2 || (input[0] & 0xff) != GzipInput.ID1)) {
      assertEquals(naive(text), write(rows), "as a plain reading of the same text");
    }
  }

  private static Rows read(byte[] file) throws IOException {
    return CsvReader.read(Files.write(DIRECTORY.resolve("rows.csv"), file), Rows.Limits.NONE);
  }

  private static String write(Rows rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.labels().length; row++) {
      text.append(rows.labels()[row]);
      for (int i = 0; i < rows.width(); i++) {
        text.append(',').append(rows.pixels()[row * rows.width() + i] & 0xff);
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** A naive parser, equivalent if no cell is quoted. */
  private static String naive(String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    List<String> lines =
        Stream.of(plain.split("\r\n|\r|\n", -1)).filter(line -> !line.isBlank()).toList();
    boolean header = !lines.get(0).split(",", -1)[0].strip().matches("[0-9]+");
    StringBuilder out = new StringBuilder();
    for (String line : lines.subList(header ? 1 : 0, lines.size())) {
      String[] cells = line.split(",", -1);
      for (int i = 0; i < cells.length; i++) {
        out.append(i == 0 ? "" : ",").append(Integer.parseInt(cells[i].strip()));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
