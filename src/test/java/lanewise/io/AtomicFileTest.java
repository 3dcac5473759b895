package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are written completely or not at all. */
class AtomicFileTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("file");
  }

  private static AtomicFile.Content text(String text) {
    return target -> target.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void assertOnly(String... names) {
    List<String> found = List.of(directory.toFile().list());
    assertEquals(List.of(names), found.stream().sorted().toList());
  }

  @Test
  void createsAndReplacesAFile() throws IOException {
    AtomicFile.write(file, text("first, and longer"));
    AtomicFile.write(file, text("second"));
    assertEquals("second", Files.readString(file));
    assertOnly("file");
  }

  @Test
  void aFailureKeepsTheOldFile() throws IOException {
    AtomicFile.write(file, text("old"));
    AtomicFile.Content broken =
        target -> {
          text("ne").writeTo(target);
          throw new IOException("No space left on device");
        };
    IOException e = assertThrows(IOException.class, () -> AtomicFile.write(file, broken));
    assertEquals("No space left on device", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertOnly("file");
    assertThrows(IOException.class, () -> AtomicFile.write(directory.resolve("new"), broken));
    assertOnly("file");
  }

  @Test
  void overwritesALeftoverTemporaryFile() throws IOException {
    Files.writeString(directory.resolve("file.tmp"), "left by a killed process, and longer");
    AtomicFile.write(file, text("new"));
    assertEquals("new", Files.readString(file));
    assertOnly("file");
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Files.writeString(directory.resolve("real"), "old");
    Files.createSymbolicLink(file, Path.of("real"));
    AtomicFile.write(file, text("new"));
    assertTrue(Files.isSymbolicLink(file));
    assertEquals("new", Files.readString(directory.resolve("real")));
    assertOnly("file", "real");
  }

  @Test
  void prepareCreatesOnlyTheDirectory() throws IOException {
    Path deep = directory.resolve("a/b/file");
    AtomicFile.prepare(deep, text("new"));
    assertTrue(Files.isDirectory(deep.getParent()));
    assertEquals(0, deep.getParent().toFile().list().length);
    Files.writeString(file, "old");
    AtomicFile.prepare(file, text("new"));
    AtomicFile.Content tooLarge =
        target -> {
          throw new IOException("No space left on device");
        };
    assertThrows(IOException.class, () -> AtomicFile.prepare(file, tooLarge));
    assertEquals("old", Files.readString(file));
    assertOnly("a", "file");
  }

  @Test
  void rejectsNonRegularFiles() throws IOException {
    Files.createDirectory(file);
    assertThrows(IOException.class, () -> AtomicFile.prepare(file, text("new")));
    assertThrows(IOException.class, () -> AtomicFile.write(file, text("new")));
    assertThrows(IOException.class, () -> AtomicFile.write(Path.of("/dev/null"), text("new")));
    assertThrows(IOException.class, () -> AtomicFile.prepare(Path.of("/"), text("")));
    assertFalse(Files.isRegularFile(file));
    assertOnly("file");
  }
}
