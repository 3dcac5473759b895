package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.io.AtomicFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class RunExceptionTest {
  @TempDir private Path temporary;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.createFile(temporary.resolve("file"));
  }

  @Test
  void saysThatADirectoryIsAFile() {
    assertReason("it is not a directory", file, () -> Files.createDirectories(file));
  }

  @Test
  void namesTheFileInTheDirectorysPlace() {
    String reason = file + " is not a directory";
    Path below = file.resolve("x");
    Path deeper = below.resolve("y");
    assertReason(reason, below, () -> Files.createDirectories(below));
    assertReason(reason, below, () -> AtomicFile.prepare(below));
    assertReason(reason, below, () -> AtomicFile.write(below, target -> {}));
    assertReason(reason, deeper, () -> Files.createDirectories(deeper));
  }

  @Test
  void namesAMissingDirectory() {
    Path gone = temporary.resolve("gone");
    Path page = gone.resolve("page.html");
    assertReason(gone + ": no such directory", page, () -> AtomicFile.write(page, target -> {}));
  }

  @Test
  void saysThatAFileIsADirectory() {
    assertReason("it is a directory", temporary, () -> AtomicFile.write(temporary, target -> {}));
  }

  private static void assertReason(String reason, Path place, Executable writing) {
    IOException cause = assertThrows(IOException.class, writing);
    assertEquals(
        "cannot write to %s: %s".formatted(place, reason),
        RunException.cannotWrite(place, cause).getMessage());
  }
}
