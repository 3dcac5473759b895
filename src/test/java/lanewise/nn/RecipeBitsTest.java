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
      sgd-rows=5910af903568bc646ff057beea6730633d9f23110a3eff20771af321acd3520f
      sgd-groups=224c272ec997c96927e637dc0722d97db76901a9a6b9641cb68ba1bddf4b2da0
      momentum-rows=3a94cac6a888300e71ab3c4058962b9dd311fb7b2f4ed7fea55e5d51145a5fdb
      momentum-groups=4acced5faf70c236bf92ba1dc2acb23aaae15ab8e9f12e17d63bc0d99014e44c
      nesterov-rows=f6bfdae14c1b2913a23ae3716705a3d15db7ce3bcaaa11e4c523b930eac1a2b4
      nesterov-groups=fe7c59a310bd2a6cc10bdb8c1199baf1c4c9e76bf8a8908964b1497622feb586
      adam-rows=6d3f3c786df3a6e755cc5f296404295210fd345e5c2f6df895e10b76447874fa
      adam-groups=cdde98285d3059108ccb75ef6f4b4728d8bc4b60cae9eacffb7eaa09ddb1b6cb
      adamw-rows=d82a761a8dbce2b0b8f05ca4c8516cba056973cbf88bc206a8d897a4e57058bc
      adamw-groups=03a9b7606c0bb792fc9a634e2e352a1a08ec99d4f90843f70ef61ed7a36d62e4
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
