package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.Needed;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.RealMnist;
import lanewise.nn.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference run's data through the whole program: every form, and the memory it takes. */
@Timeout(300)
class RealMnistTest {
  /** NumPy's run from CSV takes 1,340. */
  private static final int MEGABYTES = 350;

  /** Three epochs of the reference run. */
  private static final String SHA256 =
      "7ed2771f6b7c9c0741a55c42e246f7d9b69e2f50a5729176cb7943a1c9f104b4";

  @TempDir private Path directory;

  @Test
  void idxAndCsvGiveTheSameWeightsInLittleMemory() throws Exception {
    Path idx = RealMnist.directory();
    Dataset mnist = DataSource.directory(idx);
    writeCsv(mnist.train(), directory.resolve("mnist_train.csv"));
    writeCsv(mnist.test(), directory.resolve("mnist_test.csv"));
    Run fromIdx = run(idx);
    Run fromCsv = run(directory);
    assertEquals(5, fromIdx.out.lines().count(), fromIdx.out);
    assertEquals("Weights: sha256 " + SHA256, fromIdx.out.lines().toList().getLast());
    assertEquals(fromIdx.out, fromCsv.out);
    assertTrue(fromIdx.megabytes < MEGABYTES, "from IDX: " + fromIdx.megabytes + " MB");
    assertTrue(fromCsv.megabytes < MEGABYTES, "from CSV: " + fromCsv.megabytes + " MB");
  }

  private record Run(String out, long megabytes) {}

  private Run run(Path data) throws IOException, InterruptedException {
    Needed.check(Files.exists(Path.of("/proc/self/status")), "peak memory is read from /proc");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmn64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "lanewise.cli.Main"));
    command.addAll(List.of("train", "--epochs", "3", "--data", data.toString()));
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakMegabytes(process));
      Thread.sleep(20);
    }
    assertEquals(0, process.exitValue());
    return new Run(Files.readString(out), peak);
  }

  /** The high-water mark of its resident memory so far; 0 once it is gone. */
  private static long peakMegabytes(Process process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void writeCsv(Samples samples, Path file) throws IOException {
    float[] row = new float[samples.width()];
    StringBuilder line = new StringBuilder();
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i < samples.rows(); i++) {
        samples.copyRows(i, i + 1, row, 0);
        line.setLength(0);
        line.append(samples.label(i));
        for (float value : row) {
          line.append(',').append(Math.round(value * 255));
        }
        writer.append(line).append('\n');
      }
    }
  }
}
