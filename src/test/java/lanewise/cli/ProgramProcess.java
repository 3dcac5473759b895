package lanewise.cli;

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
}
