package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lanewise.TestJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With tanh, class weights and targets too, weights and moments are the same in every bit with any
 * engine, threads and interruption.
 */
@Timeout(300)
class TableBitsTest {
  /** Every machine gives these. */
  private static final String HASHES =
      """
      digits-sgd=2afe18f97a24e6cc1a545f610e9bd08d7aed759230f204b8428746b7a1257d30
      digits-adam=eb1d9139ee12d729199e3dfd8d204e8c389a01b3bc5a1838d5c3bbb419b8cf43
      narrow_digits-sgd=d4e98bfc9f7b0333b2fa48f4117c220357c2ccdc062c6b1ad5d95a0632e93169
      narrow_digits-adam=49478963079c4973cefc2d86bd8c7d0a084045b14a6fbe06c5dc3a0dd3515d7e
      classes-sgd=609c9192e3255310fd29aaa0dc9146bc6822ae2f08dc865add363ac4cf98aefe
      classes-adam=618c1df72287546f522e44215c3aba8b179a3753ba59392f81d3575131d510e4
      numbers-sgd=25d953a5e5c2af16e631132fc09ac6cf08f8848114b2d936d2746d1ae2552e4d
      numbers-adam=5b6477594fa6f7ef4b86d86ae09c78a7aab855e9fbc59b181857a578a13e0325
      numbers_relu-sgd=7eb8c811c7d4a7a44d953286cf26cb0456c5a67a72020b859464e66bb82034bc
      numbers_relu-adam=62509511c8d51d74636086263e1bc3763707f87f66971c7d9f64ea1d6e44735b
      linear-sgd=c07a7acbb8732fcbfdffe6615dadb528ebfdb23d60263657cce24cb8085f156b
      linear-adam=eba2687e0574612d70caa590d405e58c01f384b2c8e4ef07d6046be65ef81833
      """;

  private static String expected(HashOfTables.Kind kind, Optimizer.Kind optimizer) {
    return new TestJvm.Result(0, HASHES).value(HashOfTables.key(kind, optimizer));
  }

  @ParameterizedTest
  @CsvSource({"scalar, 1", "scalar, 3", "simd, 1", "simd, 2", "simd, 3"})
  void enginesAndThreads(String engine, int threads) {
    Engine choice = Engine.valueOf(engine.toUpperCase(Locale.ROOT));
    List<String> lines = new ArrayList<>();
    HashOfTables.train(choice, threads).forEach((key, hash) -> lines.add(key + "=" + hash));
    assertEquals(HASHES.lines().toList(), lines);
  }

  /** Widths that the CPU lacks are emulated. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dlanewise.lanes=4",
        "-Dlanewise.lanes=8",
        "-Dlanewise.lanes=16",
        "-XX:-UseFMA",
        "-Dlanewise.dense=true"
      })
  void otherJvms(String option) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add(option);
    String engine = option.contains("FMA") ? "auto" : "simd";
    TestJvm.Result run = TestJvm.run(options, HashOfTables.class, engine, "2");
    assertEquals(0, run.status(), run.output());
    HASHES.lines().forEach(line -> assertTrue(run.output().contains(line), run.output()));
  }

  /** After the first epoch and the second, on other engines and threads than before. */
  @ParameterizedTest
  @EnumSource
  void continued(HashOfTables.Kind kind) {
    for (Optimizer.Kind optimizer : HashOfTables.optimizers()) {
      List<Mlp> nets = new ArrayList<>();
      List<TrainingState> states = new ArrayList<>();
      Mlp net = kind.net();
      HashOfTables.settings(net, optimizer)
          .threads(2)
          .build()
          .fit(
              kind.samples,
              HashOfRecipes.EPOCHS,
              epoch -> {
                nets.add(net.copy());
                states.add(copy(epoch.state()));
              });
      for (int epochs = 1; epochs < HashOfRecipes.EPOCHS; epochs++) {
        Mlp other = nets.get(epochs - 1);
        TrainingState[] end = new TrainingState[1];
        HashOfTables.settings(other, optimizer)
            .engine(epochs == 1 ? Engine.SCALAR : Engine.AUTO)
            .threads(1)
            .build()
            .fit(
                kind.samples,
                HashOfRecipes.EPOCHS,
                states.get(epochs - 1),
                epoch -> end[0] = epoch.state());
        assertEquals(expected(kind, optimizer), HashOfRecipes.hash(other, end[0]));
      }
    }
  }

  private static TrainingState copy(TrainingState state) {
    float[][] moments = Arrays.stream(state.moments()).map(float[]::clone).toArray(float[][]::new);
    return new TrainingState(state.epoch(), moments, state.best());
  }
}
