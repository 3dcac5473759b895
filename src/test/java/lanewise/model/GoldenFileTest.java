package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanewise.io.Sha256;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of the format do not change: the hashes are of files whose JSON was written by Jackson
 * 2.22.4.
 */
class GoldenFileTest {
  /** Every character that JSON escapes, then DEL, a line separator, and 1 to 4 bytes of UTF-8. */
  private static final String AWKWARD = awkward();

  @TempDir private Path directory;

  private static String awkward() {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < ' '; c++) {
      text.append(c);
    }
    return text.append("\"\\/'<&\u007f\u0080\u00e9\u2028\u20ac\ufeff\uffff\ud83d\ude00").toString();
  }

  private static String sha256(Path file) throws IOException {
    Sha256 checksum = new Sha256();
    checksum.add(ByteBuffer.wrap(Files.readAllBytes(file)));
    return checksum.hex();
  }

  @Test
  void namesAndMetadataOfTensors() throws IOException {
    Path file = directory.resolve("tensors");
    List<Tensor> tensors =
        List.of(
            new Tensor(AWKWARD, new int[] {2, 0, 3}, new float[0]),
            new Tensor("", new int[0], new float[] {1}),
            new Tensor("\ud83d\ude00", new int[] {3, 1}, new float[] {1, -0f, 2}));
    new Safetensors(tensors, Map.of(AWKWARD, AWKWARD, "", "", "k", AWKWARD.repeat(300)))
        .write(file);
    assertEquals("40e171edec91e289ed2946ebabde4a3cc24d0664629005909bfa02b764313742", sha256(file));
  }

  @Test
  void classesAndOriginOfAModel() throws IOException {
    Path file = directory.resolve("model");
    String label = AWKWARD.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "");
    ModelInfo info =
        new ModelInfo(
            List.of(label, "a", label.repeat(300)),
            0.1f,
            Map.of(ModelInfo.SEED, AWKWARD, ModelInfo.SETTING + AWKWARD, "x"));
    ModelFile.write(file, new Model(Mlp.glorot(1, 2, 4, 3), info));
    assertEquals("bcb4d029bbc8ded15d9263f8dbb4c5050d8b6af47aecf2c04a93b0a02110f7e8", sha256(file));
    assertEquals(info, ModelFile.read(file).info());
  }
}
