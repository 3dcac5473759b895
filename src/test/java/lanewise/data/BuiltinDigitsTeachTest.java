package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;
import org.junit.jupiter.api.Test;

/** Who learns from the built-in digits alone can read people's handwriting. */
class BuiltinDigitsTeachTest {
  @Test
  void aNetworkTaughtByThemReadsMnist() throws IOException {
    Path mnist = RealMnist.directory();
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
      Dataset drawn = DataSource.builtin(workers);
      Trainer.builder(net).build().fit(drawn.train(), 10);
      Evaluation read = net.evaluate(DataSource.directory(mnist).test());
      System.out.printf(
          "Taught by built-in digits alone: %.2f %% of MNIST's test set%n", 100 * read.accuracy());
      assertTrue(read.accuracy() > 0.93, "accuracy " + read.accuracy());
    }
  }
}
