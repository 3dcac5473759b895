package lanewise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a class of its own process from a script for bash, in which {@code "$@"} starts it: for what
 * only a shell can do with its streams, its arguments and its locale.
 */
final class ShellRun {
  private final Path directory;

  /**
   * @param directory where the script runs
   */
  ShellRun(Path directory) {
    this.directory = directory;
  }

  /** Runs a script with the program. */
  CommandRun run(String script) throws IOException, InterruptedException {
    return run(script, Main.class);
  }

  CommandRun run(String script, Class<?> main) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Path err = directory.resolve("shell.err");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      String said = new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
      return new CommandRun(
          status, out, said.replaceAll("WARNING: Using incubator modules: .*\\R", ""));
    } finally {
      process.destroyForcibly();
    }
  }
}
