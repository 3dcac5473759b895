package lanewise.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanewise.Needed;

/**
 * A headless Chromium with an empty profile. {@code -Dlanewise.chromium=FILE} selects one that is
 * not in a standard location.
 */
public final class Chromium implements AutoCloseable {
  /** Generous, for a loaded machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox", // Chromium refuses its sandbox to root, which CI is.
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--no-default-browser-check",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--remote-debugging-port=0");

  private final Process process;
  private final int port;

  private Chromium(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one. Where there is no Chromium, that ends the calling test: see {@link Needed}.
   *
   * @param profile an empty directory
   */
  public static Chromium start(Path profile) throws IOException, InterruptedException {
    Optional<Path> executable = executable();
    Needed.check(
        executable.isPresent(),
        "no Chromium on the PATH: install one, or name it with -Dlanewise.chromium=FILE");
    List<String> command = new ArrayList<>();
    command.add(executable.get().toString());
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(profile.resolve("stderr.txt").toFile())
            .start();
    try {
      return new Chromium(process, port(process, profile));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Optional<Path> executable() {
    String named = System.getProperty("lanewise.chromium", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Chromium writes the port that it took, then a path, into its profile. */
  private static int port(Process process, Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return Integer.parseInt(lines.get(0));
        }
      }
      Thread.sleep(50);
    }
    throw new IOException(
        "Chromium did not start: " + Files.readString(profile.resolve("stderr.txt")));
  }

  /** A new page, empty so far. */
  public Tab open() throws IOException, InterruptedException {
    return Tab.open(port, PATIENCE);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }
}
