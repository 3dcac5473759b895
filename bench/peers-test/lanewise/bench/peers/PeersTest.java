package lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import lanewise.bench.Layer;
import lanewise.bench.Product;
import lanewise.bench.WrongOutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The peers' products within the bound of rounding to float, at odd shapes too, and their
 * probabilities within 1e-5 (their JMH benchmarks are checked with all others by BenchmarksTest in
 * this build).
 */
class PeersTest {
  @ParameterizedTest
  @CsvSource({"64x784x256", "64x128x10", "3x5x7", "1x1x1", "33x65x17"})
  void productsAgree(String shape) {
    for (String library : Contender.LIBRARIES) {
      for (Product product : Product.values()) {
        Layer layer = new Layer(shape);
        float[] before = layer.w.clone();
        Contender contender = Contender.named(library, layer);
        contender.run(product);
        Agreement.check(library, product, layer, before, contender.output(product));
      }
    }
  }

  @Test
  void aDroppedTermIsFound() {
    Layer layer = new Layer("64x784x256");
    float[] before = layer.w.clone();
    Contender ours = Contender.named("lanewise", layer);
    ours.run(Product.FORWARD);
    Layer shorter = new Layer("64x784x256");
    for (int i = 0; i < layer.m; i++) {
      shorter.x[i * layer.k + layer.k - 1] = 0;
    }
    assertThrows(
        WrongOutputException.class,
        () -> Agreement.check("lanewise", Product.FORWARD, shorter, before, layer.y));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Questions.ROWS})
  void probabilitiesAgree(int rows) throws IOException {
    Questions questions = new Questions();
    for (String library : PredictContender.LIBRARIES) {
      try (PredictContender contender = PredictContender.named(library, questions, rows)) {
        for (int run = 0; run < 2; run++) {
          contender.run();
          questions.check(library, contender.output());
        }
      }
    }
  }

  @Test
  void aWrongProbabilityIsFound() throws IOException {
    Questions questions = new Questions();
    for (String library : PredictContender.LIBRARIES) {
      try (PredictContender contender = PredictContender.named(library, questions, 1)) {
        assertWrong(questions, library, contender.output()); // Nothing has run yet.
        contender.run();
        float[] probabilities = contender.output();
        probabilities[probabilities.length - 1] += 2e-5f;
        assertWrong(questions, library, probabilities);
      }
    }
  }

  private static void assertWrong(Questions questions, String library, float[] probabilities) {
    assertThrows(
        WrongOutputException.class, () -> questions.check(library, probabilities), library);
  }
}
