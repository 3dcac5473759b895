package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.stream.Stream;
import lanewise.data.DataSource;
import lanewise.image.ImageDecoder;
import lanewise.image.Preprocessing;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null that an embedder passes is named, whichever exported class receives it. */
class NullArgumentsTest {
  private static final Mlp NET = Mlp.glorot(1, 2, 2);
  private static final Path FILE = Path.of("unused");

  static Stream<Arguments> calls() {
    return Stream.of(
        call("sizes", () -> Mlp.glorot(1, (int[]) null)),
        call("sizes", () -> Mlp.of(new float[6], (int[]) null)),
        call("parameters", () -> Mlp.of(null, 2, 2)),
        call("row", () -> NET.predict(null)),
        call("row", () -> NET.classify(null)),
        call("rows", () -> NET.predict(null, 1, new float[2])),
        call("out", () -> NET.predict(new float[2], 1, null)),
        call("samples", () -> NET.evaluate(null)),
        call("values", () -> Samples.ofFloats(null, 2, new int[0])),
        call("labels", () -> Samples.ofBytes(new byte[2], 2, null)),
        call("net", () -> Trainer.builder(null)),
        call("mean", () -> Trainer.builder(NET).mean(null)),
        call("engine", () -> Trainer.builder(NET).engine(null)),
        call("samples", () -> Trainer.builder(NET).build().fit(null, 1)),
        call("net", () -> Model.of(null)),
        call("net", () -> Model.of(null, null)),
        call("encoding", () -> Model.of(NET, null)),
        call("file", () -> ModelFile.read(null)),
        call("file", () -> ModelFile.write(null, Model.of(NET))),
        call("model", () -> ModelFile.write(FILE, null)),
        call("file", () -> NpzFile.write(null, NET)),
        call("net", () -> NpzFile.write(FILE, null)),
        call("file", () -> OnnxFile.write(null, Model.of(NET))),
        call("model", () -> OnnxFile.write(FILE, null)),
        call("directory", () -> DataSource.directory(null)),
        call("train", () -> DataSource.csv(null, FILE)),
        call("test", () -> DataSource.csv(FILE, null)),
        call("file", () -> DataSource.csv(null)),
        call("file", () -> DataSource.inputs(null, 2)),
        call("file", () -> ImageDecoder.read(null)),
        call("image", () -> Preprocessing.toMnist(null)));
  }

  private static Arguments call(String parameter, Executable call) {
    return Arguments.of(parameter, call);
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("calls")
  void namesTheParameter(String parameter, Executable call) {
    NullPointerException e = assertThrows(NullPointerException.class, call);
    assertEquals(parameter, e.getMessage());
  }
}
