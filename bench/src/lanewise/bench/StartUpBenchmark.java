package lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.nn.Engine;
import lanewise.nn.Mlp;
import lanewise.nn.Trainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The command line, from the start of its JVM to its exit: printing the version, and training the
 * reference network for one epoch on 1,000 rows of CSV.
 */
public class StartUpBenchmark extends BenchmarkDefaults {
  @Param({"version", "train"})
  public String command;

  private Path directory;
  private DigitFiles files;
  private List<String> line;

  @Override
  public void prepare() throws IOException {
    directory = Files.createTempDirectory("lanewise-start");
    files = new DigitFiles();
    Path csv = directory.resolve("digits.csv");
    files.writeCsv(csv, 0, DigitFiles.TEST);
    line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "lanewise.cli.Main"));
    if (command.equals("version")) {
      line.add("--version");
    } else {
      line.addAll(List.of("train", "--epochs", "1", "--quiet"));
      line.addAll(List.of("--train", csv.toString(), "--test", csv.toString()));
      line.addAll(List.of("--out", directory.resolve("run").toString()));
    }
  }

  @Override
  public void release() throws IOException {
    Directories.delete(directory);
  }

  /** Runs the process and returns its output. */
  @Benchmark
  public String process() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes());
    int status = process.waitFor();
    Truth.require(status == 0, "exit status %d of %s", status, line);
    return out;
  }

  @Override
  public void check(String method, Object output) {
    String out = (String) output;
    if (command.equals("version")) {
      Truth.require(out.matches("(?s)Lanewise \\d+\\.\\d+.*"), "--version prints %s", out);
      return;
    }
    Mlp net = Mlp.glorot(42, files.samples().width(), 256, 128, 10);
    Trainer.builder(net)
        .learningRate(0.008)
        .mean(Trainer.Mean.TWICE)
        .engine(Engine.SCALAR)
        .build()
        .fit(files.samples().first(DigitFiles.TEST), 1);
    Truth.require(
        out.endsWith("Weights: sha256 " + net.sha256() + System.lineSeparator()),
        "training prints %s",
        out);
  }
}
