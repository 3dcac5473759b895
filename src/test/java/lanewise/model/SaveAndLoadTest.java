package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.nn.Mlp;
import lanewise.nn.RandomCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For any network: what is saved, loaded and saved again is the same byte for byte. */
class SaveAndLoadTest {
  @TempDir private Path directory;

  @Test
  void saveLoadSaveIsByteIdentical() {
    RandomCase.forEach(
        50,
        some -> {
          try {
            check(some.net());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void check(Mlp net) throws IOException {
    net.parameters()[0] = -0f;
    net.parameters()[net.parameters().length - 1] = Float.MIN_VALUE;
    ModelInfo info =
        new ModelInfo(
            IntStream.range(0, net.outputs()).mapToObj(Integer::toString).toList(),
            ModelInfo.GREY,
            Map.of(
                ModelInfo.SEED, "1", ModelInfo.SETTING + "note", "\"quoted\" \u00e9 \ud83d\ude00"));
    Path first = directory.resolve("first.safetensors");
    Path second = directory.resolve("second.safetensors");
    ModelFile.write(first, new Model(net, info));
    Model loaded = ModelFile.read(first);
    assertEquals(net.sha256(), loaded.net().sha256());
    assertEquals(info, loaded.info());
    ModelFile.write(second, loaded);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }
}
