package lanewise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The public API matches the recorded one, so that it only changes on purpose. */
class PublicSurfaceTest {
  private static final Path WRITTEN =
      Path.of("src", "test", "resources", "lanewise", "public-surface.txt");

  private static final String UPDATE = "lanewise.surface.write";

  @Test
  void theSurfaceMatchesTheRecordedOne() throws Exception {
    SortedSet<String> actual = PublicSurface.of(Path.of("target", "classes"));
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(WRITTEN, String.join("\n", actual) + "\n");
    }
    SortedSet<String> written = new TreeSet<>(Files.readAllLines(WRITTEN));
    StringBuilder diff = new StringBuilder();
    SortedSet<String> all = new TreeSet<>(written);
    all.addAll(actual);
    for (String line : all) {
      if (!written.contains(line)) {
        diff.append("\n  + ").append(line);
      } else if (!actual.contains(line)) {
        diff.append("\n  - ").append(line);
      }
    }
    if (!diff.isEmpty()) {
      fail(
          "the public surface has changed:%s%nif this is intended: mvn test -Dtest=%s -D%s=true"
              .formatted(diff, getClass().getSimpleName(), UPDATE));
    }
  }

  @Test
  void theSurfaceHasEveryKindOfLine() throws Exception {
    SortedSet<String> surface = PublicSurface.of(Path.of("target", "classes"));
    assertTrue(surface.contains("lanewise.nn"), "a package");
    assertTrue(surface.contains("lanewise.nn.Mlp: final class"), "a type");
    assertTrue(surface.contains("lanewise.nn.Mlp.glorot(long, int...): static Mlp"), "a method");
    assertTrue(surface.contains("lanewise.image.Preprocessing.SIDE: static int"), "a field");
    assertTrue(
        surface.contains("lanewise.data.DataException.DataException(String)"), "a constructor");
    assertFalse(surface.stream().anyMatch(line -> line.startsWith("lanewise.kernel")));
  }
}
