package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models are read back as written; invalid files are rejected. */
class ModelFileTest {
  private static final ModelInfo INFO =
      new ModelInfo(
          List.of("a", "b,\"\u00fc\""),
          255,
          Map.of("seed", "7", "version", "1.2", "data_sha256", "00ff", "settings.batch", "64"));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.safetensors");
  }

  private static Model small() {
    return new Model(Mlp.glorot(7, 3, 4, 2), INFO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,1", "3,2", "784,256,128,10", "2,3,4,5,6,7,8,9,10,11,12,13,14"})
  void modelsSurviveARoundTripByteForByte(String network) throws IOException {
    int[] sizes = Arrays.stream(network.split(",")).mapToInt(Integer::parseInt).toArray();
    Mlp net = Mlp.glorot(7, sizes);
    for (int i = 0; i < net.parameters().length; i += 3) {
      net.parameters()[i] = i % 2 == 0 ? -0f : Float.MIN_VALUE * i; // Biases too.
    }
    ModelInfo info = new ModelInfo(ModelInfo.numbered(net.outputs()), 1.5f, INFO.origin());
    ModelFile.write(file, new Model(net, info));
    Model back = ModelFile.read(file);
    Path again = directory.resolve("again");
    ModelFile.write(again, back);
    assertAll(
        () -> assertEquals(net.toString(), back.net().toString()),
        () -> assertEquals(net.sha256(), back.net().sha256()),
        () -> assertEquals(info, back.info()),
        () -> assertEquals(-1, Files.mismatch(file, again)));
  }

  @Test
  void anyReaderOfTheFormatFindsTheTensorsAndTheMetadata() throws IOException {
    Model model = small();
    ModelFile.write(file, model);
    byte[] bytes = Files.readAllBytes(file);
    Map<String, String> metadata = ByTheBook.metadata(bytes);
    metadata.remove("content_sha256");
    assertEquals(
        Map.of(
            "format", "lanewise-mlp-1",
            "layer_sizes", "3,4,2",
            "activation", "relu",
            "output", "softmax",
            "input_divisor", "255",
            "classes", "[\\\"a\\\",\\\"b,\\\\\\\"\u00fc\\\\\\\"\\\"]",
            "seed", "7",
            "version", "1.2",
            "data_sha256", "00ff",
            "settings.batch", "64"),
        metadata);
    Map<String, ByTheBook.Array> arrays = ByTheBook.safetensors(bytes);
    float[] parameters = model.net().parameters();
    assertAll(
        () ->
            assertEquals(
                List.of("layers.0.bias", "layers.0.weight", "layers.1.bias", "layers.1.weight"),
                List.copyOf(arrays.keySet())),
        () -> assertEquals("3,4", arrays.get("layers.0.weight").shape()),
        () -> assertEquals("4", arrays.get("layers.0.bias").shape()),
        () ->
            assertArrayEquals(
                Arrays.copyOf(parameters, 12), arrays.get("layers.0.weight").values()),
        () ->
            assertArrayEquals(
                Arrays.copyOfRange(parameters, 16, 24), arrays.get("layers.1.weight").values()));
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    ModelInfo info = new ModelInfo(List.of("a"), 255, Map.of("seed", "7"));
    ModelFile.write(file, new Model(Mlp.glorot(7, 2, 1), info));
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThrows(ModelException.class, () -> ModelFile.read(file), "bit " + bit);
    }
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThrows(ModelException.class, () -> ModelFile.read(file), length + " bytes");
    }
  }

  /** Writes the small model with a changed metadata entry; null removes it. */
  private void writeWith(String key, String value) throws IOException {
    Map<String, String> metadata = new HashMap<>(ModelMetadata.of(small()).text());
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    new Safetensors(LayerTensors.of(small().net()), metadata).write(file);
  }

  private String refusal() {
    String message = assertThrows(ModelException.class, () -> ModelFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.length() < 400 && message.chars().noneMatch(c -> c < ' '), message);
    return message.substring(file.toString().length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "format | - | not a Lanewise model: its metadata has no 'format'",
        "format | pt | metadata 'format': 'pt', expected 'lanewise-mlp-1'",
        "activation | - | metadata has no 'activation'",
        "activation | gelu | metadata 'activation': 'gelu', expected 'relu'",
        "output | sigmoid | metadata 'output': 'sigmoid', expected 'identity' or 'softmax'",
        "layer_sizes | - | metadata has no 'layer_sizes'",
        "layer_sizes | 3 | metadata 'layer_sizes': '3', expected two or more numbers such as",
        "layer_sizes | 3,,2 | metadata 'layer_sizes': '3,,2', expected two or more",
        "layer_sizes | 3,0,2 | metadata 'layer_sizes': '3,0,2', expected two or more",
        "layer_sizes | 3,-4,2 | metadata 'layer_sizes': '3,-4,2', expected two or more",
        "layer_sizes | 3,+4,2 | metadata 'layer_sizes': '3,+4,2', expected two or more",
        "layer_sizes | 3,4.0,2 | metadata 'layer_sizes': '3,4.0,2', expected two or more",
        "layer_sizes | 3,2147483648,2 | metadata 'layer_sizes': '3,2147483648,2', expected two",
        "layer_sizes | 3,2 | tensor layers.0.weight of shape [3, 4], but the layer sizes require"
            + " [3, 2]",
        "layer_sizes | 3,4,4,2 | tensor layers.1.weight of shape [4, 2], but the layer sizes"
            + " require [4, 4]",
        "layer_sizes | 3,4,2,2 | no tensor layers.2.weight",
        "layer_sizes | 4,4,2 | tensor layers.0.weight of shape [3, 4], but the layer sizes require"
            + " [4, 4]",
        "layer_sizes | 2000000000,2000000000,2 | tensor layers.0.weight of shape [3, 4], but",
        "input_divisor | - | metadata has no 'input_divisor'",
        "input_divisor | 0 | metadata 'input_divisor': '0', expected a number such as 255",
        "input_divisor | -1 | metadata 'input_divisor': '-1', expected a number such as 255",
        "input_divisor | NaN | metadata 'input_divisor': 'NaN', expected a number such as 255",
        "input_divisor | 1E99 | metadata 'input_divisor': '1E99', expected a number such as 255",
        "input_divisor | 255f | metadata 'input_divisor': '255f', expected a number such as 255",
        "classes | - | metadata has no 'classes'",
        "classes | a,b | metadata 'classes': 'a,b', expected a JSON array of strings",
        "classes | [\"a\" | metadata 'classes': '[\"a\"', expected a JSON array of strings",
        "classes | [\"a\",1] | metadata 'classes': '[\"a\",1]', expected a JSON array of strings",
        "classes | [\"a\",\"b\"]] | expected a JSON array of strings",
        "classes | {\"a\":\"b\"} | expected a JSON array of strings",
        "classes | [\"a\"] | metadata 'classes': 1 label for 2 outputs",
        "classes | [\"a\",\"b\",\"c\"] | metadata 'classes': 3 labels for 2 outputs",
        "classes | [\"a\",\"a\"] | metadata: two classes have the label 'a'",
        "classes | [\"a\",\" \"] | metadata: a class label is one line of text, not ' '",
        "classes | [\"a\",\"b\\n\"] | metadata: a class label is one line of text, not 'b?'",
        "classes | [\"a\",\"\\ud800\"] | expected a JSON array of strings",
        "author | me | metadata: unknown name 'author'",
        "settings. | me | metadata: unknown name 'settings.'",
      })
  void metadata(String key, String value, String message) throws IOException {
    writeWith(key, value);
    String refusal = refusal();
    assertTrue(refusal.startsWith(message) || refusal.endsWith(message), refusal);
  }

  @Test
  void missingAndExtraTensors() throws IOException {
    List<Tensor> tensors = new ArrayList<>(LayerTensors.of(small().net()));
    Map<String, String> metadata = ModelMetadata.of(small()).text();
    Tensor bias = tensors.remove(3);
    new Safetensors(tensors, metadata).write(file);
    assertEquals("no tensor layers.1.bias", refusal());
    tensors.add(bias);
    tensors.add(new Tensor("layers.2.bias\n", new int[] {1}, new float[1]));
    new Safetensors(tensors, metadata).write(file);
    assertEquals("tensor 'layers.2.bias?' does not belong to a network of 2 layers", refusal());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void nonFiniteNumbersAreNeitherReadNorWritten(float value) throws IOException {
    Mlp net = Mlp.glorot(7, 3, 4, 2);
    net.parameters()[13] = value;
    new Safetensors(LayerTensors.of(net), ModelMetadata.of(small()).text()).write(file);
    assertEquals("parameter 14 of 26 is " + value + ", not a finite number", refusal());
    Path other = directory.resolve("other");
    assertThrows(ModelException.class, () -> ModelFile.write(other, new Model(net, INFO)));
    assertFalse(Files.exists(other));
  }

  @Test
  void filesOfOtherProgramsNeedNoChecksum() throws IOException {
    ModelFile.write(file, small());
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    // Replaced in place, so that the header keeps its length.
    String other = text.replaceFirst("\"content_sha256\":\"[0-9a-f]{64}\",", " ".repeat(84));
    assertEquals(text.length(), other.length());
    Files.write(file, other.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(INFO, ModelFile.read(file).info());
  }

  @Test
  void theClassesMustMatchTheOutputs() {
    Mlp net = Mlp.glorot(7, 3, 4, 2);
    ModelInfo three = new ModelInfo(ModelInfo.numbered(3), 1, Map.of());
    assertThrows(IllegalArgumentException.class, () -> new Model(net, three));
    List<String> classes = List.of("a");
    for (float divisor : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new ModelInfo(classes, divisor, Map.of()));
    }
    Map<String, String> unknown = Map.of("author", "me");
    assertThrows(IllegalArgumentException.class, () -> new ModelInfo(classes, 1, unknown));
    Map<String, String> half = Map.of("seed", "\ud800");
    assertThrows(IllegalArgumentException.class, () -> new ModelInfo(classes, 1, half));
  }
}
