package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of a program without metadata and without other libraries. */
class EmbeddedModelTest {
  @TempDir private Path directory;

  @Test
  void aNetworkAloneHasNumberedClassesAndRawInputs() {
    Mlp net = Mlp.glorot(42, 4, 3, 2);
    assertEquals(new Model(net, new ModelInfo(List.of("0", "1"), 1, Map.of())), Model.of(net));
    assertEquals(
        "net", assertThrows(NullPointerException.class, () -> new Model(null, null)).getMessage());
  }

  /** A JVM with Lanewise's classes and this one program on its class path, no library. */
  @Test
  @Timeout(60)
  void modelFilesNeedTheJdkAlone() throws Exception {
    String program = EmbeddedModel.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve(program);
    Files.createDirectories(copy.getParent());
    try (var bytes = EmbeddedModel.class.getClassLoader().getResourceAsStream(program)) {
      Files.copy(bytes, copy);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "classes").toAbsolutePath() + File.pathSeparator + directory,
                EmbeddedModel.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals("true", output.strip());
    assertEquals(0, process.waitFor());
  }
}
