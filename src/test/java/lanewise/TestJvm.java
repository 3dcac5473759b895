package lanewise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the main method of a class in its own JVM, with the options under test. */
public final class TestJvm {
  /** The Vector API. */
  public static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  /**
   * @param output standard output and standard error as they came
   */
  public record Result(int status, String output) {
    /** Returns the rest of the line that starts with {@code key=}. */
    public String value(String key) {
      return output
          .lines()
          .filter(line -> line.startsWith(key + "="))
          .map(line -> line.substring(key.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no %s in: %s".formatted(key, output)));
    }
  }

  private TestJvm() {}

  /** Runs to the end; a test that may hang needs a timeout. */
  public static Result run(List<String> options, Class<?> main, String... args)
      throws IOException, InterruptedException {
    return run(options, System.getProperty("java.class.path"), main, args);
  }

  /** Does the same with another class path. */
  public static Result run(List<String> options, String classPath, Class<?> main, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes());
      return new Result(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
