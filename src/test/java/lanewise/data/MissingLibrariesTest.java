package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.TestJvm;
import lanewise.image.ImageDecoder;
import lanewise.nn.Task;
import lanewise.table.Missing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an embedder gets without the optional libraries and modules: one line, no linkage error. */
@Timeout(60)
class MissingLibrariesTest {
  private static final String CLASSES =
      Path.of("target", "classes") + File.pathSeparator + Path.of("target", "test-classes");

  @TempDir private Path directory;

  /** Reads a CSV file, also as a table, and an image, and asks for MNIST; prints the messages. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      Path directory = Path.of(args[0]);
      try {
        DataSource.csv(directory.resolve("rows.csv"));
      } catch (DataException e) {
        System.out.println("csv=" + e.getMessage());
      }
      try {
        DataSource.table(
            directory.resolve("rows.csv"),
            new TableOptions("3", List.of(), Task.REGRESS, Missing.FAIL, TableOptions.FOUND));
      } catch (DataException e) {
        System.out.println("table=" + e.getMessage());
      }
      try {
        ImageDecoder.read(directory.resolve("image.png"));
      } catch (DataException e) {
        System.out.println("image=" + e.getMessage());
      }
      Dataset data =
          DataSource.mnistOrBuiltin(
              directory.resolve("none"),
              false,
              DownloadProgress.NONE,
              notice -> System.out.println("notice=" + notice));
      System.out.println("source=" + data.source());
    }
  }

  @Test
  void reportsWhatIsMissing() throws IOException, InterruptedException {
    Path rows = Files.writeString(directory.resolve("rows.csv"), "1,2,3\n");
    byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
    Path image = Files.write(directory.resolve("image.png"), png);
    TestJvm.Result result =
        TestJvm.run(
            List.of("--limit-modules", "java.base"), CLASSES, Program.class, directory.toString());
    assertEquals(0, result.status(), result.output());
    assertEquals(rows + ": reading CSV needs commons-csv on the class path", result.value("csv"));
    assertEquals(rows + ": reading CSV needs commons-csv on the class path", result.value("table"));
    assertEquals(image + ": decoding images needs the module java.desktop", result.value("image"));
    assertTrue(
        result.value("notice").contains("could not be downloaded (this needs the module java.net"),
        result.output());
    assertEquals("built-in digits", result.value("source"));
  }
}
