package lanewise.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs Jazzer on one fuzz target after the other, in JVMs of their own: {@code mvn -Pfuzz test}.
 *
 * <p>Findings are in {@code target/fuzz/TARGET/}. Once moved to {@code
 * src/test/resources/lanewise/fuzz/TARGET/}, they are replayed by every build.
 */
final class Fuzzing {
  private static final Path INPUTS = Path.of("src/test/resources/lanewise/fuzz");
  private static final Path OUTPUT = Path.of("target/fuzz");

  private Fuzzing() {}

  /** Arguments: seconds per target, and a comma-separated list of targets or {@code all}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<FuzzTargets> targets =
        args[1].equals("all")
            ? List.of(FuzzTargets.values())
            : Arrays.stream(args[1].split(",")).map(FuzzTargets::of).toList();
    List<String> failed = new ArrayList<>();
    for (FuzzTargets target : targets) {
      if (run(target, Integer.parseInt(args[0])) != 0) {
        failed.add(target.id());
      }
    }
    System.out.printf("Fuzzed %s: %s%n", targets, failed.isEmpty() ? "well" : "found " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static int run(FuzzTargets target, int seconds) throws IOException, InterruptedException {
    Path own = Files.createDirectories(OUTPUT.resolve(target.id()));
    Path corpus = Files.createDirectories(own.resolve("corpus"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx512m", "-Xss1m"));
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.target().getName());
    command.add(
        "--instrumentation_includes=lanewise.**:org.apache.commons.csv.**:picocli.**:com.fasterxml.jackson.**:com.sun.imageio.**");
    // Vectors in instrumented methods are boxed, a thousand times slower.
    command.add("--instrumentation_excludes=lanewise.kernel.**");
    command.add("--reproducer_path=" + own);
    // A command line is expected to name paths.
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal");
    command.add("-max_total_time=" + seconds);
    command.add("-timeout=60");
    command.add("-rss_limit_mb=2048");
    command.add("-max_len=8192");
    command.add("-print_final_stats=1");
    command.add("-artifact_prefix=" + own + "/");
    command.add(corpus.toString());
    if (Files.isDirectory(INPUTS.resolve(target.id()))) {
      command.add(INPUTS.resolve(target.id()).toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LANEWISE_OFFLINE", "1");
    return builder.redirectErrorStream(true).inheritIO().start().waitFor();
  }
}
