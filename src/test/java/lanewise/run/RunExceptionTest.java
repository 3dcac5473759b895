package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.io.AtomicFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void saysThatADirectoryIsInTheFilesPlace() throws IOException {
    Path record = Files.createDirectories(temporary.resolve("run.json"));
    Files.createFile(record.resolve("x"));
    assertReason(record + ": it is a directory", temporary, () -> Files.delete(record));
    assertReason("it is a directory", record, () -> Files.delete(record));
    IOException moved = new FileAlreadyExistsException(file.toString(), record.toString(), null);
    assertEquals(
        "cannot write to %s: %s: it exists already".formatted(temporary, record),
        RunException.cannotWrite(temporary, moved).getMessage());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
  void saysThatALinkToItselfIsNoDirectory() throws IOException {
    Path loop = Files.createSymbolicLink(temporary.resolve("loop"), Path.of("loop"));
    assertReason("it is not a directory", loop, () -> Files.createDirectories(loop));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its text for this is another")
  void aNameThatIsTooLongIsNotRepeated() {
    Path name = temporary.resolve("x".repeat(300));
    assertReason("File name too long", name, () -> Files.createFile(name));
    assertReason("File name too long", name, () -> AtomicFile.write(name, target -> {}));
  }

  @Test
  void namesTheDirectoryThatNeedsPermission() {
    Path hidden = temporary.resolve("x.4711.tmp");
    assertReason(
        "no permission for " + temporary,
        temporary.resolve("x"),
        () -> {
          throw new AccessDeniedException(hidden.toString());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Read-only file system"})
  void theNameOfATemporaryFileIsLeftOut(String reason) {
    Path hidden = temporary.resolve("x.4711.tmp");
    assertReason(
        reason,
        temporary.resolve("x"),
        () -> {
          throw new FileSystemException(hidden.toString(), null, reason);
        });
  }

  @Test
  void neverSaysNull() {
    assertReason(
        "input or output error",
        file,
        () -> {
          throw new FileSystemException(null);
        });
    assertReason(
        "input or output error",
        file,
        () -> {
          throw new IOException();
        });
  }

  private static void assertReason(String reason, Path place, Executable writing) {
    IOException cause = assertThrows(IOException.class, writing);
    assertEquals(
        "cannot write to %s: %s".formatted(place, reason),
        RunException.cannotWrite(place, cause).getMessage());
  }
}
