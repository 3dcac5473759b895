package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.RealMnist;
import lanewise.nn.Engine;
import lanewise.nn.Evaluation;
import lanewise.nn.TestTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ReferenceRunTest {
  static final Settings REFERENCE =
      settings(ReferenceRun.MNIST_SHA256, 60_000, List.of(784, 256, 128, 10), 64, 0.008, 75, 42);

  static final List<Settings> OTHERS =
      List.of(
          settings("0".repeat(64), 60_000, List.of(784, 256, 128, 10), 64, 0.008, 75, 42),
          settings(ReferenceRun.MNIST_SHA256, 59_999, REFERENCE.sizes(), 64, 0.008, 75, 42),
          settings(ReferenceRun.MNIST_SHA256, 60_000, List.of(784, 256, 10), 64, 0.008, 75, 42),
          settings(ReferenceRun.MNIST_SHA256, 60_000, REFERENCE.sizes(), 32, 0.008, 75, 42),
          settings(ReferenceRun.MNIST_SHA256, 60_000, REFERENCE.sizes(), 64, 0.009, 75, 42),
          settings(ReferenceRun.MNIST_SHA256, 60_000, REFERENCE.sizes(), 64, 0.008, 74, 42));

  static Settings settings(
      String sha256,
      int rows,
      List<Integer> sizes,
      int batch,
      double learningRate,
      int epochs,
      long seed) {
    Recipe recipe =
        new Recipe(
            OptionalInt.empty(),
            sizes.subList(1, sizes.size() - 1),
            batch,
            learningRate,
            epochs,
            seed,
            0);
    return new Settings(
        recipe, "data", sha256, rows, 0, 10_000, sizes, Engine.AUTO, 2, Optional.empty(), false);
  }

  @Test
  void theArticlesEpochsAreInTheJar() {
    List<ReferenceRun.Epoch> epochs = ReferenceRun.epochs();
    assertEquals(75, epochs.size());
    assertEquals(new ReferenceRun.Epoch(1, 137129.5682, 0.1268), epochs.get(0));
    assertEquals(new ReferenceRun.Epoch(75, 24556.6116, 0.8904), epochs.get(74));
  }

  @Test
  void anySeedRepeatsTheReferenceRun() {
    assertTrue(ReferenceRun.isRepeatedBy(REFERENCE));
    assertTrue(
        ReferenceRun.isRepeatedBy(
            settings(REFERENCE.sha256(), 60_000, REFERENCE.sizes(), 64, 0.008, 75, 1)));
  }

  @ParameterizedTest
  @FieldSource("OTHERS")
  void anyOtherSettingIsNotTheReferenceRun(Settings settings) {
    assertFalse(ReferenceRun.isRepeatedBy(settings));
  }

  @Test
  void mnistIsKnownByItsContent() throws DataException {
    Dataset mnist = DataSource.directory(RealMnist.directory());
    assertEquals(ReferenceRun.MNIST_SHA256, mnist.sha256());
  }

  @Test
  void theComparisonIsATable() {
    Evaluation train = TestTraining.evaluation(24214.816287, new int[][] {{53_483, 6517}, {0, 0}});
    Evaluation test = TestTraining.evaluation(3800, new int[][] {{8957, 1043}, {0, 0}});
    assertEquals(
        List.of(
            "                       loss      accuracy  test accuracy",
            "this run         24214.8163       89.14 %        89.57 %",
            "the article's    24556.6116       89.04 %        89.78 %",
            "difference           -1.4 %  +0.10 points   -0.21 points"),
        ReferenceRun.compare(train, test).lines());
  }
}
