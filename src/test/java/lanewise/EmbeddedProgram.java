package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A program that embeds Lanewise, compiled and run in a directory of its own with only the thin jar
 * on the class path: no other library, and no class of the tests.
 *
 * <p>The jar is built here from {@code target/classes}, as Maven runs the tests before it packages.
 */
final class EmbeddedProgram {
  private EmbeddedProgram() {}

  /**
   * Compiles a class without warnings and runs it.
   *
   * @param directory empty; receives the jar and the classes, and is the working directory
   * @param name of the public class, in the unnamed package
   * @return standard output, as the JVM's notice on the Vector API goes to standard error
   */
  static String run(Path directory, String name, String source)
      throws IOException, InterruptedException {
    Path jar = directory.resolve("lanewise.jar");
    writeJar(Path.of("target", "classes"), jar);
    Path file = Files.writeString(directory.resolve(name + ".java"), source);
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "-Xlint:all,-processing",
                "-Werror",
                "-cp",
                jar.toString(),
                file.toString());
    assertEquals(0, compiled, () -> messages.toString(StandardCharsets.UTF_8));
    String classPath = jar + System.getProperty("path.separator") + directory;
    List<String> command =
        Stream.of(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                TestJvm.VECTORS,
                List.of("-cp", classPath, name))
            .flatMap(List::stream)
            .toList();
    Path errors = directory.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), Files.readString(errors));
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void writeJar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
  }
}
