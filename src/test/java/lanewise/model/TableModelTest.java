package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.nn.TrainingState;
import lanewise.table.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of tables, with tanh and for regression, as files. */
class TableModelTest {
  private static final Mlp NET = Mlp.glorot(7, 5, 4, 3);
  private static final Mlp VALUE_NET = Mlp.glorot(7, 5, 4, 1).withTask(Task.REGRESS);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.safetensors");
  }

  static Stream<Model> models() {
    return Stream.of(
        Model.of(NET, SampleTables.CLASSES),
        Model.of(NET.withActivation(Activation.TANH), SampleTables.CLASSES),
        Model.of(VALUE_NET, SampleTables.VALUE),
        Model.of(VALUE_NET.withActivation(Activation.TANH), SampleTables.VALUE),
        new Model(NET, new ModelInfo(SampleTables.CLASSES, Map.of(ModelInfo.SEED, "7"))),
        Model.of(NET.withActivation(Activation.TANH)),
        Model.of(NET.withTask(Task.REGRESS)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsSurviveARoundTripByteForByte(Model model) throws IOException {
    ModelFile.write(file, model);
    Model back = ModelFile.read(file);
    assertEquals(model.info(), back.info());
    assertEquals(model.net().activation(), back.net().activation());
    assertEquals(model.net().task(), back.net().task());
    assertEquals(model.net().sha256(), back.net().sha256());
    Path again = directory.resolve("again");
    ModelFile.write(again, back);
    assertEquals(-1, Files.mismatch(file, again));
  }

  @ParameterizedTest
  @MethodSource("models")
  void checkpointsKeepThem(Model model) throws IOException {
    float[] best = model.net().copy().parameters();
    TrainingState state =
        new TrainingState(3, new float[0][], Optional.of(new TrainingState.Best(2, 0.5, best)));
    new Checkpoint(state, 1, 1, model).write(file, null);
    Checkpoint back = Checkpoint.read(file);
    for (Model each : List.of(back.model(), back.kept(), ModelFile.read(file))) {
      assertEquals(model.info(), each.info());
      assertEquals(model.net().activation(), each.net().activation());
      assertEquals(model.net().task(), each.net().task());
      assertEquals(model.net().sha256(), each.net().sha256());
    }
  }

  @Test
  void theMetadataSayWhatTheNetworkIs() {
    Map<String, String> classes = ModelMetadata.of(Model.of(NET, SampleTables.CLASSES)).text();
    assertEquals("[\" \",\"line\\nbreak\",\"10\"]", classes.get("classes"));
    assertEquals("1", classes.get("input_divisor"));
    assertEquals("relu softmax", classes.get("activation") + " " + classes.get("output"));
    assertEquals(EncodingJson.text(SampleTables.CLASSES), classes.get("table"));
    Model value = Model.of(VALUE_NET.withActivation(Activation.TANH), SampleTables.VALUE);
    Map<String, String> text = ModelMetadata.of(value).text();
    assertEquals("tanh identity", text.get("activation") + " " + text.get("output"));
    assertEquals("[]", text.get("classes"));
  }

  private String refusal(Model model, String key, String value) throws IOException {
    Map<String, String> metadata = new HashMap<>(ModelMetadata.of(model).text());
    metadata.put(key, value);
    new Safetensors(LayerTensors.of(model.net()), metadata).write(file);
    String message = assertThrows(ModelException.class, () -> ModelFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message.substring(file.toString().length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "output | identity | metadata 'table': a table for classification, but a network for"
            + " regression",
        "layer_sizes | 4,4,3 | metadata 'table': a table with 5 inputs, but a network with 4",
        "layer_sizes | 5,4,2 | metadata 'table': a table with 3 outputs, but a network with 2",
        "classes | [] | metadata: the classes are not those of the table's target",
        "input_divisor | 255 | metadata: inputs made of a table are not divided by 255.0",
        "table | [] | metadata 'table': expected an object, found an array",
        "table | {} | metadata 'table': the fields [], expected [header, named, missing,",
        "table | { | metadata 'table' ends in the middle of its JSON",
      })
  void aTableThatDoesNotFitIsRefused(String key, String value, String message) throws IOException {
    String refusal = refusal(Model.of(NET, SampleTables.CLASSES), key, value);
    assertTrue(refusal.startsWith(message), refusal);
  }

  @Test
  void aRegressionHasNoClasses() throws IOException {
    Model model = Model.of(NET.withTask(Task.REGRESS));
    assertEquals(
        "metadata 'classes': 3 labels for regression",
        refusal(model, "classes", "[\"0\",\"1\",\"2\"]"));
    assertEquals("metadata 'classes': 0 labels for 3 outputs", refusal(model, "output", "softmax"));
  }

  @Test
  void networkAndEncodingMustFit() {
    Mlp narrow = Mlp.glorot(1, 4, 3);
    Mlp two = Mlp.glorot(1, 5, 2);
    assertRefused("a table with 5 inputs, but a network with 4", narrow, SampleTables.CLASSES);
    assertRefused("a table with 3 outputs, but a network with 2", two, SampleTables.CLASSES);
    assertRefused("a table for regression, but a network for", NET, SampleTables.VALUE);
    assertRefused("a table for classification, but a network for", VALUE_NET, SampleTables.CLASSES);
    Optional<Encoding> table = Optional.of(SampleTables.CLASSES);
    List<String> classes = List.of("a", "b", "c");
    assertThrows(IllegalArgumentException.class, () -> new ModelInfo(classes, 1, table, Map.of()));
  }

  private static void assertRefused(String message, Mlp net, Encoding encoding) {
    String found =
        assertThrows(IllegalArgumentException.class, () -> Model.of(net, encoding)).getMessage();
    assertTrue(found.startsWith(message), found);
  }
}
