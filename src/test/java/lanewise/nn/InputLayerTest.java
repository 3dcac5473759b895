package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import lanewise.parallel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which implementation the first layer uses; other tests check that all give the same bits. */
class InputLayerTest {
  private static final Samples DIGITS = TestRows.digits(256);

  private static InputLayer choose(Samples samples, Engine engine, int threads, int... sizes) {
    Mlp net = Mlp.glorot(1, sizes);
    TrainerSettings settings =
        Trainer.builder(net).batchSize(256).engine(engine).threads(threads).settings();
    TrainingState start = TrainingState.initial(0, net.countParameters());
    try (Workers workers = new Workers(threads);
        ListRoom room = new ListRoom()) {
      return new Training(settings, samples, 1, start, workers, room).inputLayer();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void anyNumberOfThreadsDividesTheColumns(int threads) {
    ColumnInput input =
        assertInstanceOf(ColumnInput.class, choose(DIGITS, Engine.SIMD, threads, 784, 256, 10));
    assertEquals(threads, input.slices());
    assertInstanceOf(ColumnInput.class, choose(DIGITS, Engine.SIMD, threads, 784, 250, 10));
  }

  @ParameterizedTest
  @CsvSource({"7, 784-96-10", "2, 784-10"})
  void withFewerVectorsThanThreadsRowsAreDivided(int threads, String shape) {
    int lanes = Engine.SIMD.lanes();
    int[] sizes = Shape.of(shape);
    sizes[1] = sizes.length > 2 ? 6 * lanes : sizes[1];
    assertInstanceOf(ListedInput.class, choose(DIGITS, Engine.SIMD, threads, sizes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void denseRowsAndTheScalarEngineUseDenseProducts(int threads) {
    Samples dense = TestRows.clusters(1, 256, 784, 10);
    assertInstanceOf(DenseInput.class, choose(dense, Engine.SIMD, threads, 784, 256, 10));
    assertInstanceOf(DenseInput.class, choose(DIGITS, Engine.SCALAR, threads, 784, 256, 10));
  }
}
