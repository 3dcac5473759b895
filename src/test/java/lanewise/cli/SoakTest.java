package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short soak test, so that it keeps working; the long one has a profile. */
@Timeout(300)
class SoakTest {
  @Test
  void aShortSoakLeaksNoThreadAndNoFile() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(TestJvm.VECTORS, Soak.class, "0.15");
    assertTrue(Integer.parseInt(run.value("rounds")) > 0, run.output());
    // This early, the JVM itself still grows.
    String grown = run.value("grown").replaceAll("heap|resident memory|[\\[\\], ]", "");
    assertEquals("", grown, run.output());
  }
}
