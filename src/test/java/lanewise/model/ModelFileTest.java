package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models written and read back. */
class ModelFileTest {
  @TempDir private Path directory;

  @Test
  void aModelComesBackAsItWas() throws IOException {
    Path file = directory.resolve("model.safetensors");
    ModelInfo info = new ModelInfo(List.of("a", "b,\"ü\""), 255, Map.of("seed", "7"));
    ModelFile.write(file, new Model(Mlp.glorot(7, 5, 4, 2), info));
    Model back = ModelFile.read(file);
    assertEquals("5-4-2", back.net().toString());
    assertArrayEquals(Mlp.glorot(7, 5, 4, 2).parameters(), back.net().parameters());
    assertEquals(info, back.info());
    Path again = directory.resolve("again.safetensors");
    ModelFile.write(again, back);
    assertEquals(-1, Files.mismatch(file, again));
  }
}
