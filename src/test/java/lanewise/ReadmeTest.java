package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's program, compiled and run as printed, with only the thin jar on the class path. */
class ReadmeTest {
  private static final int MAX_LINES = 25;

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void theFirstJavaBlockIsACompleteProgram() throws IOException, InterruptedException {
    Matcher block =
        Pattern.compile("^```java\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("README.md")));
    assertTrue(block.find(), "README.md has a Java program");
    String source = block.group(1);
    assertTrue(source.lines().count() <= MAX_LINES, source);
    String output = EmbeddedProgram.run(directory, "Xor", source);
    assertEquals("accuracy 1.00\n1 xor 0 = 1\n", output.replace("\r\n", "\n"));
  }
}
