package lanewise.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lanewise.fuzz.Scratch;

/**
 * Repeatedly trains small networks with checkpoints, resumes, evaluates and predicts, and monitors
 * the resources of the process: {@code mvn -Psoak test}.
 */
final class Soak {
  private static final double WARM_UP_SHARE = 0.3;
  private static final int LOOKS = 30;

  /** How much a warm process may grow: code that is compiled late, and little else. */
  private static final long MORE_HEAP = 1L << 20;

  private static final long MORE_RESIDENT = 64L << 20;

  /** The resources of the process; files and resident are -1 if unknown. */
  private record Holding(long heap, long resident, int threads, long files) {
    static Holding now() throws IOException, InterruptedException {
      ManagementFactory.getMemoryMXBean().gc();
      long files =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : -1;
      return new Holding(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          residentBytes(),
          settledThreads(),
          files);
    }

    private static long residentBytes() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.isReadable(status)) {
        return -1;
      }
      String line =
          Files.readAllLines(status).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("\\D+", "")) << 10;
    }

    /** Threads end a moment after their pool is closed. */
    private static int settledThreads() throws InterruptedException {
      int fewest = Integer.MAX_VALUE;
      for (int i = 0; i < 50; i++) {
        fewest = Math.min(fewest, ManagementFactory.getThreadMXBean().getThreadCount());
        Thread.sleep(10);
      }
      return fewest;
    }

    /** The names of what has grown. */
    List<String> growthTo(Holding later) {
      List<String> growth = new ArrayList<>();
      if (later.heap > heap + MORE_HEAP) {
        growth.add("heap");
      }
      if (later.resident > resident + MORE_RESIDENT) {
        growth.add("resident memory");
      }
      if (later.threads > threads) {
        growth.add("threads");
      }
      if (later.files > files) {
        growth.add("open files");
      }
      return growth;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.2f MB, resident %.0f MB, %d threads, %d files",
          heap / 1e6,
          resident / 1e6,
          threads,
          files);
    }
  }

  private Soak() {}

  /** Argument: minutes, which may be a fraction. Exit status 1 if anything grows or fails. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long nanos = (long) (Double.parseDouble(args[0]) * 60e9);
    Path directory = Scratch.directory();
    long start = System.nanoTime();
    int rounds = 0;
    int looks = 0;
    Holding warm = null;
    Holding last = null;
    while (System.nanoTime() - start < nanos) {
      round(directory, rounds++);
      double share = (double) (System.nanoTime() - start) / nanos;
      if (share * LOOKS > looks) {
        looks++;
        last = Holding.now();
        warm = warm == null && share > WARM_UP_SHARE ? last : warm;
        System.out.printf("after %d rounds: %s%n", rounds, last);
      }
    }
    last = Holding.now();
    System.out.printf("rounds=%d%nwarm=%s%nend=%s%n", rounds, warm, last);
    if (warm == null) {
      throw new IllegalStateException("too short to get warm");
    }
    List<String> growth = warm.growthTo(last);
    System.out.println("grown=" + growth);
    System.exit(growth.isEmpty() ? 0 : 1);
  }

  private static void round(Path directory, int round) throws IOException {
    Path run = directory.resolve("run");
    Path model = run.resolve("model.safetensors");
    List<String> train =
        TinyData.train(directory, "--hidden", "16,8", "--epochs", "6", "--out", run.toString());
    train.addAll(List.of("--threads", Integer.toString(1 + round % 4)));
    train.addAll(List.of("--checkpoint-every", Integer.toString(1 + round % 3)));
    String test = directory.resolve("test.csv").toString();
    expect(0, CommandRun.of(train));
    expect(0, CommandRun.of("train", "--resume", run.toString()));
    expect(0, CommandRun.of("evaluate", "--model", model.toString(), "--test", test));
    expect(0, CommandRun.of("predict", "--model", model.toString(), test));
    expect(1, CommandRun.of("evaluate", "--model", test, "--test", test));
    Scratch.delete(run);
  }

  private static void expect(int status, CommandRun run) {
    if (run.status() != status) {
      throw new IllegalStateException(run.toString());
    }
  }
}
