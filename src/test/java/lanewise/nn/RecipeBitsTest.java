package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a recipe has, weights and moments are the same in every bit with any engine, threads and
 * interruption.
 */
@Timeout(300)
class RecipeBitsTest {
  /** Every machine gives these. */
  private static final String HASHES =
      """
      sgd-rows=967e94864a1ca3425fd7369ef580a7e071b9c445fd072a9968a3fc7b209232a7
      sgd-groups=9ac065dca8702aa6f0955471efda1cb423c3d40ad336de3403b0ccab6d65b361
      momentum-rows=11f8b24727487ca8853d6e3370a8044a7c3b0709a144c71cb8e72ba5aff358e9
      momentum-groups=d59f8ef69a35b85e290f80e81a3d57a29cdf926d2a53dc0b2ecf0248ddaec4f6
      nesterov-rows=6ed538d1e30b20dac10408fa85fda498e5510e90d5bec745920b4676489b3ca9
      nesterov-groups=0a5119046765420e47f6792c479d40a590e53835d5d3d614b499d377f9169d8a
      adam-rows=e638ac09720c7e8ef768894724b5182d08e673be51898c6e49816c7dab082fd9
      adam-groups=257d798f6d3c247b3418a289e5748eaab624db1778330215321dad69f299b0f8
      adamw-rows=f5cf38447c1e9604d74feb46b723032e396c0fb7a0d97f59083bcf3429a483b8
      adamw-groups=2e3b33b8502a75186317aacb73ce58179fa357646787761a74c3e69e5080fa23
      """;

  private static final Samples SAMPLES = HashOfRecipes.samples();

  private static String expected(String key) {
    return new TestJvm.Result(0, HASHES).value(key);
  }

  @ParameterizedTest
  @CsvSource({"scalar, 1", "scalar, 3", "simd, 1", "simd, 2", "simd, 3"})
  void enginesAndThreads(String engine, int threads) {
    Engine choice = Engine.valueOf(engine.toUpperCase(Locale.ROOT));
    HashOfRecipes.train(choice, threads).forEach((key, hash) -> assertEquals(expected(key), hash));
  }

  /** Widths that the CPU lacks are emulated. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void lanes(int lanes) throws IOException, InterruptedException {
    check(withVectors("-Dlanewise.lanes=" + lanes), "simd", 2);
  }

  @Test
  void withoutFusedMultiplyAdd() throws IOException, InterruptedException {
    check(withVectors("-XX:-UseFMA"), "auto", 2);
  }

  @Test
  void withoutSkippingZeros() throws IOException, InterruptedException {
    check(withVectors("-Dlanewise.dense=true"), "simd", 2);
  }

  private static List<String> withVectors(String option) {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add(option);
    return options;
  }

  private static void check(List<String> options, String engine, int threads)
      throws IOException, InterruptedException {
    TestJvm.Result run =
        TestJvm.run(options, HashOfRecipes.class, engine, Integer.toString(threads));
    assertEquals(0, run.status(), run.output());
    HASHES.lines().forEach(line -> assertTrue(run.output().contains(line), run.output()));
  }

  /** After each epoch, on other engines and threads than before. */
  @ParameterizedTest
  @EnumSource
  void continuedFromAnyEpoch(Optimizer.Kind kind) {
    for (Shuffle shuffle : new Shuffle[] {Shuffle.ROWS, Shuffle.GROUPS}) {
      List<Mlp> nets = new ArrayList<>();
      List<TrainingState> states = new ArrayList<>();
      Mlp net = HashOfRecipes.net();
      HashOfRecipes.everything(net, kind, shuffle)
          .threads(2)
          .build()
          .fit(
              SAMPLES,
              HashOfRecipes.EPOCHS,
              epoch -> {
                nets.add(net.copy());
                states.add(copy(epoch.state()));
              });
      int last = HashOfRecipes.EPOCHS - 1;
      String hash = expected(HashOfRecipes.key(kind, shuffle));
      assertEquals(hash, HashOfRecipes.hash(nets.get(last), states.get(last)));
      for (int epochs = 1; epochs <= last; epochs++) {
        Mlp other = nets.get(epochs - 1);
        TrainingState[] end = new TrainingState[1];
        int complete =
            HashOfRecipes.everything(other, kind, shuffle)
                .engine(epochs == 1 ? Engine.SCALAR : Engine.AUTO)
                .threads(1)
                .build()
                .fit(
                    SAMPLES,
                    HashOfRecipes.EPOCHS,
                    states.get(epochs - 1),
                    epoch -> end[0] = epoch.state());
        assertEquals(HashOfRecipes.EPOCHS, complete);
        assertEquals(hash, HashOfRecipes.hash(other, end[0]), "after epoch " + epochs);
        assertEquals(states.get(last), end[0]);
      }
    }
  }

  private static TrainingState copy(TrainingState state) {
    float[][] moments = Arrays.stream(state.moments()).map(float[]::clone).toArray(float[][]::new);
    return new TrainingState(state.epoch(), moments, state.best());
  }

  /** Weights that no input has touched are then left alone; a first layer narrow and wide. */
  @ParameterizedTest
  @EnumSource
  void withoutWeightDecay(Optimizer.Kind kind) {
    for (int width : new int[] {13, 64}) {
      List<String> hashes = new ArrayList<>();
      for (int threads = 1; threads <= 3; threads++) {
        for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
          Mlp net = Mlp.glorot(4, 784, width, 11, 10);
          Trainer.Builder settings =
              HashOfRecipes.everything(net, kind, Shuffle.ROWS)
                  .optimizer(Optimizer.of(kind))
                  .dropout(0.5, 0)
                  .engine(engine);
          hashes.add(HashOfRecipes.train(net, SAMPLES, settings.threads(threads)));
        }
      }
      assertAllTheSame(hashes);
    }
  }

  /** Rows of numbers cannot be distorted. */
  @ParameterizedTest
  @EnumSource
  void denseRows(Optimizer.Kind kind) {
    Samples rows = TestRows.clusters(2, 130, 300, 5);
    List<String> hashes = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      for (Engine engine : new Engine[] {Engine.SCALAR, Engine.SIMD}) {
        Mlp net = Mlp.glorot(4, 300, 67, 5);
        Trainer.Builder settings =
            HashOfRecipes.everything(net, kind, Shuffle.ROWS).augment(false).engine(engine);
        hashes.add(HashOfRecipes.train(net, rows, settings.threads(threads)));
      }
    }
    assertAllTheSame(hashes);
  }

  private static void assertAllTheSame(List<String> hashes) {
    for (String hash : hashes) {
      assertEquals(hashes.getFirst(), hash);
    }
  }

  /**
   * The last batch has one row each time, so the moments are this row's gradient: the same units
   * are left out, and it is distorted in the same way.
   */
  @Test
  void theChancesOfARowDoNotDependOnTheBatchSize() {
    for (Shuffle shuffle : Shuffle.values()) {
      float[] gradient = lastGradient(shuffle, 1, 77, 1);
      assertArrayEquals(gradient, lastGradient(shuffle, 7, 77, 1), shuffle.toString());
      assertArrayEquals(gradient, lastGradient(shuffle, 49, 77, 1), shuffle.toString());
      assertFalse(Arrays.equals(gradient, lastGradient(shuffle, 1, 78, 1)), "another seed");
      assertFalse(Arrays.equals(gradient, lastGradient(shuffle, 1, 77, 2)), "another epoch");
    }
  }

  /** The gradient of the last batch of an epoch of 50 rows, with weights that do not change. */
  private static float[] lastGradient(Shuffle shuffle, int batch, long seed, int epochs) {
    Mlp net = HashOfRecipes.net();
    Optimizer onlyTheLast = new Optimizer(Optimizer.Kind.MOMENTUM, 0, 0, 0, 1, 0);
    float[][] moments = new float[1][net.countParameters()];
    HashOfRecipes.everything(net, Optimizer.Kind.MOMENTUM, shuffle)
        .optimizer(onlyTheLast)
        .learningRate(0)
        .batchSize(batch)
        .seed(seed)
        .threads(1)
        .build()
        .fit(
            SAMPLES.first(50),
            epochs,
            new TrainingState(0, moments, Optional.empty()),
            epoch -> {});
    assertEquals(HashOfRecipes.net().sha256(), net.sha256());
    return moments[0];
  }
}
