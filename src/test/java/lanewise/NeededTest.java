package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeededTest {
  /** Prints how a test ends that needs a program nobody has. */
  static final class Missing {
    private Missing() {}

    public static void main(String[] args) throws InterruptedException {
      try {
        Needed.check(true, "something");
        Needed.run("install it", "lanewise-no-such-program", "--now");
        System.out.println("it goes on");
      } catch (TestAbortedException e) {
        System.out.println("skipped: " + e.getMessage());
      } catch (AssertionFailedError e) {
        System.out.println("failed: " + e.getMessage());
      }
    }
  }

  @Test
  void aTestWithoutWhatItNeedsIsSkippedOrFails() throws IOException, InterruptedException {
    String what = "lanewise-no-such-program --now: install it";
    assertEquals(
        "skipped: Assumption failed: " + what,
        TestJvm.run(List.of(), Missing.class).output().strip());
    assertEquals(
        "failed: %s (lanewise.test.noSkips allows no skips) ==> expected: <true> but was: <false>"
            .formatted(what),
        TestJvm.run(List.of("-Dlanewise.test.noSkips=true"), Missing.class).output().strip());
  }
}
