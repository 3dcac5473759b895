package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine a JVM uses, depending on its options and CPU. */
@Timeout(120)
class EngineChoiceTest {
  private static List<String> withVectors(String... options) {
    List<String> all = new ArrayList<>(TestJvm.VECTORS);
    all.addAll(List.of(options));
    return all;
  }

  @Test
  void withoutTheModuleItIsScalarAndNoVectorClassIsLoaded()
      throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(List.of("-verbose:class"), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals("scalar", run.value("best"));
    String why =
        "the SIMD engine needs the Vector API: start java with --add-modules jdk.incubator.vector";
    assertEquals(why, run.value("why"));
    assertEquals(why, run.value("simd"));
    assertEquals("2.0 4.0", run.value("y"));
    assertTrue(run.output().contains("lanewise.kernel.ScalarKernels "), "classes are listed");
    assertFalse(run.output().contains("lanewise.kernel.VectorKernels "), "VectorKernels");
    assertFalse(run.output().contains("jdk.incubator.vector."), "the Vector API");
  }

  @Test
  void withTheModuleItIsSimd() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors(), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals("simd", run.value("best"));
    assertEquals("simd", run.value("simd"));
    assertEquals("null", run.value("why"));
    assertEquals("2.0 4.0", run.value("y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "8", "16"})
  void lanesCanBeSet(String lanes) throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors("-Dlanewise.lanes=" + lanes), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals(lanes, run.value("lanes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "", "eight"})
  void otherLanesAreRejected(String lanes) throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors("-Dlanewise.lanes=" + lanes), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals("scalar", run.value("best"));
    assertEquals("-Dlanewise.lanes takes 4, 8 or 16, not " + lanes, run.value("simd"));
  }

  @Test
  void withoutFusedMultiplyAddItIsScalarAndSaysWhy() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors("-XX:-UseFMA"), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    String why =
        "the SIMD engine needs the instruction for fused multiply-add, which this CPU does not have"
            + " or this JVM does not use";
    assertEquals("scalar", run.value("best"));
    assertEquals(why, run.value("why"));
    assertEquals(why, run.value("simd"));
    assertEquals("2.0 4.0", run.value("y"));
  }

  /** An x86 CPU without AVX has no fused multiply-add either, and the JVM knows. */
  @Test
  void withoutAvxItIsScalar() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors("-XX:UseAVX=0"), EngineOfJvm.class);
    assumeTrue(run.status() == 0, () -> "this CPU has no AVX: " + run.output());
    assertEquals("scalar", run.value("best"));
  }

  /**
   * Neither a runtime image without the module that tells of the instruction (the bits are right
   * either way) nor what the JIT compiles when decides against it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--limit-modules java.base,jdk.incubator.vector",
        "-Xbatch -XX:CompileCommand=CompileThresholdScaling,lanewise.kernel.*::*,0.01"
      })
  void itIsSimdNevertheless(String options) throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(withVectors(options.split(" ")), EngineOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals("simd", run.value("best"));
  }
}
