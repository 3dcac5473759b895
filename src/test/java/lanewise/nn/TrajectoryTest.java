package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole runs against the reference in double. Floats diverge from it slowly: NumPy's float32 run of
 * the reference network is within 3.7e-6 after 75 epochs.
 */
class TrajectoryTest {
  @ParameterizedTest
  @CsvSource({
    "8, 16, 0.5, 784-10",
    "1, 64, 2.0, 784-33-10",
    "2, 37, 1.0, 784-31-17-10",
    "3, 100, 20.0, 784-29-19-13-10",
    "4294967295, 23, 4.0, 784-21-15-13-11-10",
  })
  void onDigits(long seed, int batch, double rate, String shape) {
    run(TestRows.digits(500), seed, batch, rate, shape, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 7, 0.1, 20-3",
    "6, 1, 0.01, 20-15-3",
    "7, 64, 2.0, 20-9-7-3",
    "8, 1000, 20.0, 20-31-17-3",
  })
  void onDenseRows(long seed, int batch, double rate, String shape) {
    run(TestRows.clusters(seed, 501, 20, 3), seed, batch, rate, shape, 10);
  }

  private static void run(
      Samples samples, long seed, int batch, double rate, String shape, int epochs) {
    int[] sizes = Shape.of(shape);
    Mlp net = Mlp.glorot(seed, sizes);
    Float64Reference reference = new Float64Reference(net, samples);
    double before = reference.evaluate().loss();
    TestTraining.trainer(net, batch, rate, Engine.AUTO, 2)
        .fit(
            samples,
            epochs,
            epoch -> {
              reference.epoch(batch, rate);
              Float64Reference.Figures expected = reference.evaluate();
              String where = "epoch " + epoch.number();
              assertEquals(expected.loss(), epoch.loss(), 1e-5 * expected.loss(), where);
              double row = 1.0 / samples.rows();
              assertEquals(expected.accuracy(), epoch.accuracy(), 1.001 * row, where);
            });
    double after = reference.evaluate().loss();
    assertTrue(after < 0.9 * before, "it learns: %g -> %g".formatted(before, after));
  }
}
