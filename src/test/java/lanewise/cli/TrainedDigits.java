package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import lanewise.data.digits.BuiltinDigits;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.TestTraining;

/** A network that has been trained on the built-in digits, in seconds. */
final class TrainedDigits {
  private static final int ROWS = 20_000;
  private static final int EPOCHS = 8;

  private TrainedDigits() {}

  /** Trains, and saves the network; returns its file. */
  static Path save(Path directory) throws IOException {
    byte[] pixels = new byte[ROWS * 784];
    int[] labels = new int[ROWS];
    BuiltinDigits.draw(1, 0, ROWS, pixels, labels, 0);
    Mlp net = Mlp.glorot(42, 784, 128, 10);
    TestTraining.train(net, Samples.ofBytes(pixels, 784, labels), 32, 6.4, EPOCHS);
    Path file = directory.resolve("digits.safetensors");
    ModelInfo info = new ModelInfo(ModelInfo.numbered(10), ModelInfo.GREY, Map.of());
    ModelFile.write(file, new Model(net, info));
    return file;
  }
}
