package lanewise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs besides Java, and what can be installed or given: data, a browser, a program.
 * Where it is missing, the test is skipped, or fails if {@code -Dlanewise.test.noSkips=true}. What
 * the machine or the shell that builds decides is an assumption of JUnit's.
 */
public final class Needed {
  private static final String NO_SKIPS = "lanewise.test.noSkips";

  private Needed() {}

  /**
   * Ends the calling test unless it has what it needs.
   *
   * @param missing says what is missing, and what to do about it
   */
  public static void check(boolean there, Supplier<String> missing) {
    if (Boolean.getBoolean(NO_SKIPS)) {
      Assertions.assertTrue(there, () -> missing.get() + " (" + NO_SKIPS + " allows no skips)");
    } else {
      Assumptions.assumeTrue(there, missing);
    }
  }

  /** Does the same with a fixed text. */
  public static void check(boolean there, String missing) {
    check(there, () -> missing);
  }

  /** Runs a program that a test needs; where there is none, or it fails, that ends the test. */
  public static void run(String missing, String... command) throws InterruptedException {
    check(succeeds(command), () -> String.join(" ", command) + ": " + missing);
  }

  /**
   * What precedes a command that must respect the permissions of files, as root's do not. Linux
   * only.
   */
  public static List<String> respectForPermissions() throws InterruptedException {
    if (!Files.isWritable(Path.of("/proc/1/oom_score_adj"))) {
      return List.of(); // Not root.
    }
    run("part of util-linux, and root needs it", "setpriv", "--bounding-set=-dac_override", "true");
    return List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
