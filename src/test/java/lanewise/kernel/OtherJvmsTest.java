package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that need their own JVM: other vector widths, no fused multiply-add, and allocation with a
 * clean profile.
 */
@Timeout(600)
class OtherJvmsTest {
  /** Bytes: less than one per call; not 0, as measuring may allocate a little itself. */
  private static final long MAX_BYTES_PER_THOUSAND_CALLS = 1000;

  /** Widths that the CPU lacks too, in Java: with 16 lanes, the tiles for 32 registers. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void parityAtEachWidth(int lanes) throws IOException, InterruptedException {
    assertParity("-Dlanewise.lanes=" + lanes, lanes);
  }

  @Test
  void parityWithAvx2() throws IOException, InterruptedException {
    String arch = System.getProperty("os.arch");
    assumeTrue(arch.equals("amd64") || arch.equals("x86_64"), () -> arch + " has no AVX");
    assertParity("-XX:UseAVX=2", 8);
  }

  private static void assertParity(String option, int lanes)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add(option);
    TestJvm.Result run = TestJvm.run(options, ParityOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals(Integer.toString(lanes), run.value("equal"));
  }

  @Test
  void withoutTheInstructionFmaHasTheSameBits() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(List.of("-XX:-UseFMA"), FmaOfJvm.class);
    assertEquals(0, run.status(), run.output());
    assertEquals("false", run.value("fused"));
  }

  @ParameterizedTest
  @CsvSource({"scalar, 16", "simd, 4", "simd, 8", "simd, 16"})
  void warmCallsAllocateNothing(String engine, int lanes) throws IOException, InterruptedException {
    int preferred = Kernels.simd().lanes();
    assumeTrue(lanes <= preferred, () -> "vectors have " + preferred + " lanes here");
    List<String> options = new ArrayList<>(TestJvm.VECTORS);
    options.add("-Dlanewise.lanes=" + lanes);
    TestJvm.Result run =
        TestJvm.run(
            options,
            AllocationOfKernels.class,
            engine,
            Long.toString(MAX_BYTES_PER_THOUSAND_CALLS));
    assertEquals(0, run.status(), run.output());
    for (String kernel :
        List.of(
            "forward",
            "backward",
            "forwardTanh",
            "backwardTanh",
            "update",
            "forwardSparse",
            "forwardSparseTanh",
            "updateSparse",
            "updateBias",
            "DESCENT",
            "MOMENTUM",
            "NESTEROV",
            "ADAM",
            "softmax",
            "softmaxDelta",
            "crossEntropy",
            "squaredDelta",
            "squaredError",
            "argMax",
            "exp")) {
      assertTrue(Long.parseLong(run.value(kernel)) < MAX_BYTES_PER_THOUSAND_CALLS, run.output());
    }
  }
}
