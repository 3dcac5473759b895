package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lanewise.TestJvm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights and loss are the same in every bit with any engine, threads and JIT compiler, and as they
 * have always been. {@link RecipeBitsTest} and {@link TableBitsTest} have the other recipes.
 */
@Timeout(300)
class SameBitsTest {
  private static final int ROWS = 2000;

  /** Where the CPU has no vectors so wide, the JVM emulates them, a hundred times slower. */
  private static final int FEW_ROWS = 150;

  /** Every machine gives this hash and this loss. */
  private static final String HASH =
      "bb287d415e518d5b757d1f4de06972295eb78718df55d750aba6f6bf77451e72 3655.776479882271";

  private static String hash;
  private static String hashOfFew;

  @BeforeAll
  static void scalarOnOneThread() {
    hash = HashOfTraining.train(Engine.SCALAR, 1, ROWS);
    hashOfFew = HashOfTraining.train(Engine.SCALAR, 1, FEW_ROWS);
    assertNotEquals(hash, hashOfFew);
  }

  @Test
  void noBitMayChange() {
    assertEquals(HASH, hash);
  }

  @ParameterizedTest
  @CsvSource({"scalar, 2", "scalar, 3", "simd, 1", "simd, 2", "simd, 3", "simd, 5", "simd, 7"})
  void threads(String engine, int threads) {
    Engine choice = engine.equals("simd") ? Engine.SIMD : Engine.SCALAR;
    assertEquals(hash, HashOfTraining.train(choice, threads, ROWS));
  }

  @Test
  void scalarInAJvmWithoutTheVectorApi() throws IOException, InterruptedException {
    check(List.of(), "scalar", 1, ROWS);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void lanes(int lanes) throws IOException, InterruptedException {
    int rows = lanes <= Engine.SIMD.lanes() ? ROWS : FEW_ROWS;
    check(withVectors("-Dlanewise.lanes=" + lanes), "simd", lanes, rows);
  }

  @Test
  void avx2() throws IOException, InterruptedException {
    String arch = System.getProperty("os.arch");
    assumeTrue(arch.equals("amd64") || arch.equals("x86_64"), () -> arch + " has no AVX");
    check(withVectors("-XX:UseAVX=2"), "simd", 8, ROWS);
  }

  /** As on a CPU that does not have the instruction. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutFusedMultiplyAdd(boolean vectors) throws IOException, InterruptedException {
    String option = "-XX:-UseFMA";
    check(vectors ? withVectors(option) : List.of(option), "auto", 1, ROWS);
  }

  /** Whatever the compilers do early, the choice of the engine does not depend on it. */
  @Test
  void withTheKernelsCompiledAtOnce() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add("-Xbatch");
    options.add("-XX:CompileCommand=CompileThresholdScaling,lanewise.kernel.*::*,0.01");
    check(options, "auto", Engine.SIMD.lanes(), FEW_ROWS);
  }

  /** C1 compiles in other ways than C2: vectors are boxed, and slow. */
  @Test
  void withoutC2() throws IOException, InterruptedException {
    int lanes = Engine.SIMD.lanes();
    check(withVectors("-XX:TieredStopAtLevel=1"), "simd", lanes, FEW_ROWS);
  }

  @Test
  void withAndWithoutSkippingZeros() throws IOException, InterruptedException {
    check(withVectors("-Dlanewise.dense=true"), "simd", Engine.SIMD.lanes(), ROWS);
  }

  @Test
  void withHalfTheCoresBusyElsewhere() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < Math.max(1, cores / 2); i++) {
      others.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      Thread.onSpinWait();
                    }
                  }));
    }
    try {
      for (int threads : new int[] {1, Math.max(2, cores)}) {
        assertEquals(hash, HashOfTraining.train(Engine.SIMD, threads, ROWS));
      }
    } finally {
      over.set(true);
      for (Thread other : others) {
        other.join();
      }
    }
  }

  private static void check(List<String> options, String engine, int lanes, int rows)
      throws IOException, InterruptedException {
    TestJvm.Result run =
        TestJvm.run(options, HashOfTraining.class, engine, "2", Integer.toString(rows));
    assertEquals(0, run.status(), run.output());
    assertEquals(Integer.toString(lanes), run.value("lanes"));
    assertEquals(rows == ROWS ? hash : hashOfFew, run.value("hash"), String.join(" ", options));
  }

  private static List<String> withVectors(String option) {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add(option);
    return options;
  }
}
