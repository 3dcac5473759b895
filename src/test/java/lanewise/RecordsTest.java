package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A record's own equals compares arrays by identity, so a record with an array declares one. */
class RecordsTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void recordsWithArraysDeclareEquals() throws IOException, ReflectiveOperationException {
    SortedSet<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLASSES.resolve("lanewise"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name =
            CLASSES.relativize(file).toString().replace(".class", "").replaceAll("[/\\\\]", ".");
        Class<?> type = Class.forName(name, false, getClass().getClassLoader());
        if (type.isRecord() && hasArray(type) && !declaresEquals(type)) {
          found.add(name);
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  private static boolean hasArray(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> component.getType().isArray());
  }

  /** The equals that the compiler generates is final; one that is declared must not be. */
  private static boolean declaresEquals(Class<?> type) throws NoSuchMethodException {
    return !Modifier.isFinal(type.getDeclaredMethod("equals", Object.class).getModifiers());
  }
}
