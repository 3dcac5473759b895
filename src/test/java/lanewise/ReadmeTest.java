package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program, compiled and run as it stands there. */
class ReadmeTest {
  @TempDir private Path directory;

  @Test
  void theProgramInTheReadmeWorks() throws IOException, InterruptedException {
    Matcher block =
        Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertTrue(block.find(), "README.md has a Java program");
    Path source = Files.writeString(directory.resolve("Xor.java"), block.group(1));
    // The engine's own classes alone: an embedder has no other library.
    String classes = Path.of("target", "classes").toAbsolutePath().toString();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-Werror", "-cp", classes, source.toString());
    assertEquals(0, status, "javac");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classes + System.getProperty("path.separator") + directory,
                "Xor")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor());
    assertTrue(
        out.matches("loss 0\\.0\\d+, accuracy 1\\.00\\R1 xor 0 is 1 with probability 0\\.9.*\\R"),
        out);
  }
}
