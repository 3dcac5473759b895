package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import lanewise.nn.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A module that requires lanewise, compiled and run with Lanewise's own classes alone. */
@Timeout(60)
class ModuleTest {
  private static final String CLASSES = Path.of("target", "classes").toAbsolutePath().toString();

  private static final String PROGRAM =
      """
      package client;

      import lanewise.nn.Engine;
      import lanewise.nn.Mlp;
      import lanewise.nn.Samples;
      import lanewise.nn.Trainer;

      public class Client {
        public static void main(String[] args) throws Exception {
          Samples xor =
              Samples.ofFloats(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 2, new int[] {0, 1, 1, 0});
          Mlp net = Mlp.glorot(42, 2, 20, 2);
          Trainer.builder(net).batchSize(4).threads(1).build().fit(xor, 3);
          System.out.println(Engine.AUTO.implementation());
          System.out.println(net.getClass().getModule() + " " + net.sha256());
          try {
            Class.forName("lanewise.kernel.Kernels").getMethod("scalar").invoke(null);
          } catch (IllegalAccessException e) {
            System.out.println("not accessible");
          }
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void aModuleUsesTheLibrary() throws IOException, InterruptedException {
    assertEquals("", compile(PROGRAM));
    String[] scalar = run(List.of("--limit-modules", "lanewise")).split("\n");
    assertEquals("scalar", scalar[0]);
    assertTrue(scalar[1].startsWith("module lanewise "), scalar[1]);
    assertEquals("not accessible", scalar[2]);
    String[] fastest = run(TestJvm.VECTORS).split("\n");
    assertEquals(Engine.AUTO.implementation(), fastest[0]);
    assertEquals(scalar[1], fastest[1], "the same weights");
  }

  @Test
  void theKernelsAreNotExported() throws IOException {
    String errors =
        compile(
            """
            package client;

            class Client {
              lanewise.kernel.Kernels kernels;
            }
            """);
    assertTrue(errors.contains("package lanewise.kernel is not visible"), errors);
    assertTrue(errors.contains("module lanewise, which does not export it"), errors);
  }

  /** Returns the compiler's messages. */
  private String compile(String program) throws IOException {
    Path module =
        Files.writeString(
            directory.resolve("module-info.java"), "module client { requires lanewise; }");
    Path source = Files.writeString(directory.resolve("Client.java"), program);
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              messages,
              files,
              null,
              List.of(
                  "-Xlint:all,-incubating",
                  "-cp", // Not this JVM's, which has the library's classes in no module.
                  directory.toString(),
                  "-p",
                  CLASSES,
                  "-d",
                  directory.resolve("client").toString()),
              null,
              files.getJavaFileObjects(module, source))
          .call();
    }
    return messages.toString();
  }

  private String run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    String path = CLASSES + System.getProperty("path.separator") + directory.resolve("client");
    command.addAll(List.of("-p", path, "-m", "client/client.Client"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor());
    return out.replace("\r\n", "\n");
  }
}
