package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Trainer;
import org.junit.jupiter.api.Test;

/** A network trained only on the built-in digits recognises real handwriting. */
class BuiltinDigitsTeachTest {
  @Test
  void aNetworkTrainedOnThemClassifiesMnist() throws IOException {
    Path mnist = RealMnist.directory();
    Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
    Dataset drawn = DataSource.builtin();
    Trainer.builder(net).build().fit(drawn.train(), 10);
    Evaluation mnistTest = net.evaluate(DataSource.directory(mnist).test());
    System.out.printf(
        "Trained on the built-in digits alone: %.2f %% accuracy on MNIST's test set%n",
        100 * mnistTest.accuracy());
    assertTrue(mnistTest.accuracy() > 0.93, "accuracy " + mnistTest.accuracy());
  }
}
