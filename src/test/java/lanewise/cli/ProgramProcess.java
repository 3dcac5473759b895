package lanewise.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the program as a process of its own, whose standard error goes to a file. */
record ProgramProcess(Path err) {
  /**
   * Starts it.
   *
   * @param prefix what precedes the java command
   */
  Process start(List<String> prefix, List<String> args) throws IOException {
    return start(prefix, Main.class, args);
  }

  /** Starts one that prints a number of lines, and waits with the next one: see there. */
  Process startStalling(int lines, List<String> args) throws IOException {
    List<String> all = new ArrayList<>(List.of(Integer.toString(lines)));
    all.addAll(args);
    return start(List.of(), StallingProgram.class, all);
  }

  private Process start(List<String> prefix, Class<?> main, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  /** What it has said so far, without the JVM's warning about the incubator module. */
  String said() throws IOException {
    return Files.readString(err).replaceFirst("WARNING: Using incubator modules: .*\\R", "");
  }

  /**
   * Skips the calling test if what it starts would ignore Ctrl-C: shells without job control start
   * background jobs and their children that way.
   */
  static void assumeInterruptible() throws IOException {
    assumeFalse(
        ignoresInterrupts(),
        "the build was started in the background, where a shell has it ignore Ctrl-C");
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(line.length() - 1))
            .findFirst()
            .orElse("0");
    return (Integer.parseInt(ignored, 16) & 2) != 0;
  }
}
