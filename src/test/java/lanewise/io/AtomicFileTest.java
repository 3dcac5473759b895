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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
  void theContentIsFlushedAndThenTheDirectory() throws IOException {
    List<String> written = List.of("write temporary", "flush temporary", "flush directory");
    AtomicFile.Content parts =
        target -> {
          text("one").writeTo(target);
          text("two").writeTo(target);
        };
    assertEquals(written, DiskEvents.of(directory, () -> AtomicFile.write(file, parts)));
    Path previous = directory.resolve("previous");
    assertEquals(written, DiskEvents.of(directory, () -> AtomicFile.write(file, previous, parts)));
  }

  /** Where the renaming fails, everything before it has happened, and nothing that comes after. */
  @Test
  void theContentIsFlushedBeforeItGetsItsName() throws IOException {
    AtomicFile.Content inTheWay =
        target -> {
          text("new").writeTo(target);
          Files.createDirectories(file.resolve("full"));
        };
    assertEquals(
        List.of("write temporary", "flush temporary"),
        DiskEvents.of(
            directory,
            () -> assertThrows(IOException.class, () -> AtomicFile.write(file, inTheWay))));
    assertOnly("file");
  }

  @Test
  void leavesEveryOtherFileAlone() throws IOException {
    Path other = Files.writeString(directory.resolve("file.tmp"), "a user's");
    AtomicFile.write(file, text("new"));
    AtomicFile.prepare(file, text("new"));
    assertEquals("a user's", Files.readString(other));
    assertOnly("file", "file.tmp");
    Files.delete(other);
    Files.createDirectory(other);
    AtomicFile.write(file, text("newer"));
    AtomicFile.prepare(file, text("new"));
    assertEquals("newer", Files.readString(file));
    assertOnly("file", "file.tmp");
  }

  @Test
  void theTemporaryFileIsOneOfOurs() throws IOException {
    AtomicFile.write(
        file,
        target -> {
          List<Path> all;
          try (Stream<Path> list = Files.list(directory)) {
            all = list.toList();
          }
          assertEquals(1, all.size());
          assertTrue(AtomicFile.isTemporary(all.get(0)), all::toString);
        });
    assertFalse(AtomicFile.isTemporary(file));
    assertFalse(AtomicFile.isTemporary(directory.resolve(".lanewise-notes.tmp")));
  }

  @Test
  void refusesASymbolicLinkButFindsItsTarget() throws IOException {
    Path real = directory.resolve("real");
    Files.createSymbolicLink(file, Path.of("link"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    assertEquals(real, AtomicFile.target(file));
    IOException e = assertThrows(IOException.class, () -> AtomicFile.write(file, text("new")));
    assertTrue(e.getMessage().contains("it is a symbolic link"), e.getMessage());
    assertOnly("file", "link");
    AtomicFile.write(AtomicFile.target(file), text("new"));
    assertEquals("new", Files.readString(real));
    Files.delete(real);
    Files.createSymbolicLink(real, Path.of("file"));
    assertThrows(IOException.class, () -> AtomicFile.target(file));
  }

  @Test
  void twoWritersDoNotDisturbEachOther() throws IOException {
    AtomicFile.prepare(
        file,
        trial -> {
          text("a trial").writeTo(trial);
          AtomicFile.write(
              file,
              outer -> {
                text("the last ").writeTo(outer);
                AtomicFile.write(file, text("the first to finish"));
                assertEquals("the first to finish", Files.readString(file));
                text("to finish").writeTo(outer);
              });
        });
    assertEquals("the last to finish", Files.readString(file));
    assertOnly("file");
  }

  @Test
  void keepsThePermissionsOfTheFile() throws IOException {
    AtomicFile.write(file, text("old"));
    Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(file, mine);
    AtomicFile.write(file, text("new"));
    assertEquals(mine, Files.getPosixFilePermissions(file));
  }

  @Test
  void aFailureToPrepareLeavesNoDirectory() throws IOException {
    AtomicFile.Content broken =
        target -> {
          throw new IOException("No space left on device");
        };
    Path deep = directory.resolve("a/b/file");
    assertThrows(IOException.class, () -> AtomicFile.prepare(deep, broken));
    Files.writeString(file, "old");
    assertThrows(IOException.class, () -> AtomicFile.prepare(file.resolve("a/b"), broken));
    assertOnly("file");
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
