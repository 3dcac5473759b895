package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code Tile.java} is what {@link TileSource} writes. */
class TilesTest {
  private static final Path FILE =
      Path.of("src", "main", "java", "lanewise", "kernel", "Tile.java");
  private static final String WRITE = "lanewise.tiles.write";

  @Test
  void theTilesAreAsWritten() throws Exception {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(FILE, TileSource.text());
    }
    assertEquals(
        TileSource.text(),
        Files.readString(FILE),
        "edit TileSource, then: mvn test -Dtest=%s -D%s=true"
            .formatted(getClass().getSimpleName(), WRITE));
  }
}
