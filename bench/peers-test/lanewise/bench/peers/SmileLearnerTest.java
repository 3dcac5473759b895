package lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.bench.epochs.EpochData;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Smile's peer works with the OpenBLAS that Maven brought, whatever the system has. */
@Timeout(120)
class SmileLearnerTest {
  private static final int ROWS = 128;

  @TempDir private Path directory;

  @Test
  void itLearnsAnEpoch() throws IOException, InterruptedException {
    byte[] pixels = new byte[ROWS * EpochData.SIZES[0]];
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (byte) (i % EpochData.SIZES[3]);
      pixels[i * EpochData.SIZES[0] + labels[i]] = -1;
    }
    new EpochData(pixels, labels, Mlp.glorot(42, EpochData.SIZES).parameters()).write(directory);

    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SmileLearner.class.getName(),
                directory.toString())
            .redirectError(err.toFile());
    builder.environment().remove("LD_LIBRARY_PATH");
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write("epoch\n".getBytes(StandardCharsets.UTF_8));
    }
    List<String> lines = process.inputReader().lines().toList();
    assertEquals(0, process.waitFor(), () -> lines + read(err));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("ready Smile")), () -> read(err));
    String epoch = lines.stream().filter(line -> line.startsWith("epoch ")).findFirst().get();
    double loss = Double.parseDouble(epoch.split(" ")[3]);
    assertTrue(loss > 0 && loss < 5 * ROWS, epoch);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
