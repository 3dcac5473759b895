package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import lanewise.data.digits.BuiltinDigits;
import lanewise.kernel.Kernels;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;

/** A network that has really learnt to read the built-in digits, in seconds. */
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
    try (Workers workers = new Workers(1)) {
      Samples samples = Samples.ofBytes(pixels, 784, labels);
      Trainer trainer = new Trainer(net, samples, 32, 6.4, Kernels.best(), workers);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        trainer.epoch(learnt -> true);
      }
    }
    Path file = directory.resolve("digits.safetensors");
    ModelInfo info = new ModelInfo(ModelInfo.numbered(10), ModelInfo.GREY, Map.of());
    ModelFile.write(file, new Model(net, info));
    return file;
  }
}
