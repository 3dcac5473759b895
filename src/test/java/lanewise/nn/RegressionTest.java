package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lanewise.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks whose outputs are numbers. */
class RegressionTest {
  /** Without hidden layers, with weights that copy the input. */
  private static final Mlp COPY =
      Mlp.of(new float[] {1, 0, 0, 1, 0, 0}, 2, 2).withTask(Task.REGRESS);

  private static Samples pairs(float[] values, float... targets) {
    return Samples.ofTargets(values, 2, targets, 2);
  }

  @Test
  void evaluatedByHand() {
    // First output: residuals 1, -1, 0 of targets 1, 2, 6 with mean 3. Second: 0, 2, 0 of 4, 4, 1.
    Samples samples = pairs(new float[] {2, 4, 1, 6, 6, 1}, 1, 4, 2, 4, 6, 1);
    Evaluation evaluation = COPY.evaluate(samples);
    assertEquals((1 + 0) / 2.0 + (1 + 4) / 2.0 + 0, evaluation.loss());
    double first = 1 - 2.0 / (4 + 1 + 9);
    double second = 1 - 4.0 / (1 + 1 + 4);
    assertEquals((first + second) / 2, evaluation.r2(), 1e-15);
    assertEquals(Math.sqrt(6 / 6.0), evaluation.rmse());
    assertEquals(evaluation.r2(), evaluation.score());
    assertEquals(3, evaluation.rows());
    assertTrue(evaluation.isRegression());
    assertEquals(6f, evaluation.value(1, 1));
    assertEquals("loss 3.0, R2 %s, RMSE 1.0".formatted(evaluation.r2()), evaluation.toString());
    assertThrows(IndexOutOfBoundsException.class, () -> evaluation.value(3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> evaluation.value(0, 2));
  }

  /** As scikit-learn's r2_score says. */
  @Test
  void targetsThatAreAllEqual() {
    assertEquals(1, COPY.evaluate(pairs(new float[] {3, 5, 3, 5}, 3, 5, 3, 5)).r2());
    assertEquals(0.5, COPY.evaluate(pairs(new float[] {3, 5, 3, 5}, 3, 4, 3, 4)).r2());
    Evaluation none = COPY.evaluate(pairs(new float[0]));
    assertEquals(List.of(0.0, 0.0, 0.0), List.of(none.r2(), none.rmse(), none.loss()));
  }

  @Test
  void worseThanTheMeanIsNegativeAndNaNStays() {
    assertTrue(COPY.evaluate(pairs(new float[] {9, 9, -9, -9}, 0, 0, 1, 1)).r2() < -50);
    Evaluation nan = COPY.evaluate(pairs(new float[] {Float.NaN, 1, 2, 2}, 0, 0, 1, 1));
    assertTrue(Double.isNaN(nan.r2()) && Double.isNaN(nan.rmse()) && Double.isNaN(nan.loss()));
  }

  @Test
  void evaluationsDoNotDependOnEngineOrThreadsAndAgreeWithPredictions() {
    Samples samples = TestRows.numbers(7, 1001, 31, 3);
    Mlp net = Mlp.glorot(2, 31, 67, 3).withActivation(Activation.TANH).withTask(Task.REGRESS);
    Evaluation expected = TestTraining.evaluate(net, samples, Kernels.scalar(), 1);
    for (int threads : new int[] {1, 2, 7}) {
      for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
        Evaluation actual = TestTraining.evaluate(net, samples, kernels, threads);
        assertEquals(expected, actual);
        assertEquals(expected.hashCode(), actual.hashCode());
      }
    }
    float[] row = new float[31];
    for (int i = 0; i < samples.rows(); i += 100) {
      samples.copyRows(i, i + 1, row, 0);
      float[] outputs = net.predict(row);
      for (int j = 0; j < 3; j++) {
        assertEquals(expected.value(i, j), outputs[j]);
      }
    }
    assertNotEquals(expected, net.withActivation(Activation.RELU).evaluate(samples));
    assertNotEquals(expected, net.evaluate(samples.first(1000)));
  }

  @Test
  void eachTaskRefusesWhatTheOtherHas() {
    Evaluation numbers = COPY.evaluate(pairs(new float[] {1, 2}, 1, 2));
    Evaluation classes = TestTraining.evaluation(1, new int[][] {{1, 0}, {0, 1}});
    assertFalse(classes.isRegression());
    assertEquals(classes.accuracy(), classes.score());
    String end = ": it is a regression";
    refused("the evaluation has no accuracy" + end, numbers::accuracy);
    refused("the evaluation has no accuracy" + end, numbers::correct);
    refused("the evaluation has no confusion matrix" + end, numbers::confusion);
    refused("the evaluation has no classes" + end, numbers::classes);
    refused("the evaluation has no classes" + end, () -> numbers.predicted(0));
    refused("the evaluation has no classes" + end, () -> numbers.rowsOf(0));
    refused("the evaluation has no classes" + end, () -> numbers.predictedAs(0));
    refused("the evaluation has no probabilities" + end, () -> numbers.probability(0));
    refused("the evaluation has no probabilities" + end, () -> numbers.labelProbability(0));
    refused("the evaluation has no precision" + end, () -> numbers.precision(0));
    refused("the evaluation has no recall" + end, () -> numbers.recall(0));
    refused("the evaluation has no F1 score" + end, () -> numbers.f1(0));
    refused("the evaluation has no R2: it is a classification", classes::r2);
    refused("the evaluation has no RMSE: it is a classification", classes::rmse);
    refused("the evaluation has no values: it is a classification", () -> classes.value(0, 0));
    refused(
        "the network 2-2 has no classes: it is for regression, use predict",
        () -> COPY.classify(new float[2]));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }

  @Test
  void rowsMustSuitTheTask() {
    Mlp classifies = Mlp.glorot(1, 4, 2);
    Mlp regresses = classifies.withTask(Task.REGRESS);
    Samples labels = TestRows.clusters(1, 9, 4, 2);
    Samples targets = TestRows.numbers(1, 9, 4, 2);
    Samples three = TestRows.numbers(1, 9, 4, 3);
    Samples wide = TestRows.numbers(1, 9, 5, 2);
    for (Executable use :
        List.<Executable>of(
            () -> regresses.evaluate(labels),
            () -> Trainer.builder(regresses).build().fit(labels, 1),
            () -> Trainer.builder(regresses).build().check(labels),
            () -> Trainer.builder(regresses).validation(labels))) {
      bad("rows with labels do not fit a network 4-2 for regression", use);
    }
    bad(
        "rows with targets do not fit a network 4-2 for classification",
        () -> Trainer.builder(classifies).build().fit(targets, 1));
    bad(
        "rows of width 4 with 3 targets do not fit a network 4-2",
        () -> Trainer.builder(regresses).build().fit(three, 1));
    bad(
        "rows of width 5 with 2 targets do not fit a network 4-2",
        () -> Trainer.builder(regresses).build().fit(wide, 1));
    assertEquals(classifies.sha256(), regresses.sha256());
  }

  @Test
  void settingsOfAClassificationAreRefused() {
    String end = " is for classification, not for a regression, which has no classes";
    bad("label smoothing" + end, () -> Trainer.builder(COPY).labelSmoothing(0.1).build());
    bad("a target accuracy" + end, () -> Trainer.builder(COPY).targetAccuracy(0.9).build());
    bad(
        "class weights are for classification, not for a regression, which has no classes",
        () -> Trainer.builder(COPY).classWeights(1, 2).build());
    Trainer.builder(COPY).labelSmoothing(0).classWeights().build();
  }

  private static void bad(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void learnsAndKeepsTheBestEpoch(Activation activation) {
    Samples all = TestRows.numbers(3, 2200, 12, 2);
    int[] rest = new int[200];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = 2000 + i;
    }
    Samples validation = all.select(rest);
    Mlp net = Mlp.glorot(1, 12, 32, 2).withActivation(activation).withTask(Task.REGRESS);
    double[] least = {Double.POSITIVE_INFINITY};
    int epochs =
        Trainer.builder(net)
            .batchSize(16)
            .learningRate(0.003)
            .optimizer(Optimizer.adam())
            .shuffle(Shuffle.ROWS)
            .validation(validation)
            .earlyStop(5)
            .build()
            .fit(
                all.first(2000),
                1000,
                epoch -> {
                  least[0] = Math.min(least[0], epoch.validation().loss());
                  assertEquals(epoch.evaluation().loss(), epoch.loss());
                  assertEquals(least[0], epoch.best().orElseThrow().loss());
                  assertThrows(IllegalStateException.class, epoch::accuracy);
                });
    assertTrue(epochs < 1000, "it stops early");
    Evaluation evaluation = net.evaluate(validation);
    assertEquals(least[0], evaluation.loss());
    assertTrue(evaluation.r2() > 0.5, evaluation.toString());
  }

  /** The best line through three points, by the normal equations. */
  @Test
  void aLineIsFoundExactly() {
    Samples points = Samples.ofTargets(new float[] {0, 1, 2}, 1, new float[] {1, 3, 4}, 1);
    Mlp line = Mlp.of(new float[2], 1, 1).withTask(Task.REGRESS);
    Trainer.builder(line).batchSize(3).learningRate(0.2).threads(1).build().fit(points, 500);
    assertArrayEquals(new float[] {1.5f, 7 / 6f}, line.parameters(), 1e-5f);
  }

  @Test
  void whatOverflowsDiverges() {
    for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
      Mlp net = Mlp.glorot(1, 12, 32, 2).withTask(Task.REGRESS);
      Trainer trainer = Trainer.builder(net).learningRate(1e25).engine(engine).build();
      Samples rows = TestRows.numbers(3, 300, 12, 2);
      DivergedException thrown = assertThrows(DivergedException.class, () -> trainer.fit(rows, 3));
      assertEquals(1, thrown.epoch());
    }
  }

  @Test
  void copiesKeepActivationAndTask() {
    Mlp net = Mlp.glorot(1, 3, 4, 2);
    assertEquals(Activation.RELU, net.activation());
    assertEquals(Task.CLASSIFY, net.task());
    Mlp other = net.withActivation(Activation.TANH).withTask(Task.REGRESS);
    for (Mlp copy : new Mlp[] {other, other.copy()}) {
      assertEquals(Activation.TANH, copy.activation());
      assertEquals(Task.REGRESS, copy.task());
      assertEquals(net.sha256(), copy.sha256());
    }
    other.parameters()[0] = 9;
    assertNotEquals(net.sha256(), other.sha256());
    assertEquals(Task.REGRESS, other.withActivation(Activation.RELU).task());
    assertEquals(Activation.TANH, other.withTask(Task.CLASSIFY).activation());
    assertThrows(NullPointerException.class, () -> net.withActivation(null));
    assertThrows(NullPointerException.class, () -> net.withTask(null));
  }

  /** By the book, in double. */
  @Test
  void tanhPredictsWhatItShould() {
    Mlp net = Mlp.of(new float[] {0.5f, 0.1f, 2, -1}, 1, 1, 1).withActivation(Activation.TANH);
    float value = net.withTask(Task.REGRESS).predict(new float[] {3})[0];
    assertEquals(2 * Math.tanh(0.5 * 3 + 0.1) - 1, value, 1e-6);
  }
}
