package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RunAgainTest {
  @Test
  void plainOptionsStayPlain() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--hidden", "256,128");
    options.put("--offline", "");
    assertEquals(
        "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train"
            + " --hidden 256,128 --offline",
        RunAgain.command(options));
  }

  /** A shell gives back the words that were put in, whatever they hold. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aShellReadsTheWordsThatWereMeant() throws IOException, InterruptedException {
    List<String> values =
        List.of("a b", "it's", "$HOME", "`id`", "a\nb", "!!", "\\", "*", "~", "ü", ";echo", "''");
    for (String value : values) {
      String command = RunAgain.command(Map.of("--data", value));
      String words = command.substring(command.indexOf(" train ") + 7);
      Process shell =
          new ProcessBuilder("sh", "-c", "printf '%s|' " + words).redirectErrorStream(true).start();
      String out = new String(shell.getInputStream().readAllBytes());
      assertEquals(0, shell.waitFor());
      assertEquals("--data|" + value + "|", out);
      assertTrue(command.startsWith("java "));
    }
  }
}
