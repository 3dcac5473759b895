package lanewise.data;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import lanewise.io.Reason;
import lanewise.io.Sha256;

/**
 * Downloads gzipped files from the first of several mirrors that has them. A file is accepted only
 * if the SHA-256 of its decompressed content is correct, and all files are moved into the directory
 * together at the end: a failure leaves the directory unchanged.
 *
 * @param mirrors addresses of directories, each ending in a slash
 * @param files file names without {@code .gz}, and the SHA-256 of the decompressed content in
 *     lower-case hex
 * @param limits when to give up
 */
record Download(List<URI> mirrors, Map<String, String> files, Limits limits) {
  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);

  /**
   * When to give up.
   *
   * @param connect maximum time to connect
   * @param stall maximum time without receiving a byte
   * @param total maximum time for one file from one mirror
   * @param bytes maximum size of a file, compressed or decompressed
   */
  record Limits(Duration connect, Duration stall, Duration total, long bytes) {
    static final Limits STANDARD =
        new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(5), 64L << 20);
  }

  /** MNIST from the mirrors that TensorFlow Datasets and torchvision use. */
  static Download mnist() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        MnistDirectory.TRAIN_LABELS,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");
    files.put(
        MnistDirectory.TEST_LABELS,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
    files.put(
        MnistDirectory.TEST_IMAGES,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");
    files.put(
        MnistDirectory.TRAIN_IMAGES,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
    return new Download(
        List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
        files,
        Limits.STANDARD);
  }

  /**
   * Downloads all files into a directory, which is created if necessary.
   *
   * @throws IOException if no mirror has a file, or the directory cannot be written; the message
   *     gives all reasons on one line
   * @throws InterruptedException if this thread is interrupted
   */
  void into(Path directory, DownloadProgress progress) throws IOException, InterruptedException {
    boolean created = createDirectory(directory);
    Map<Path, Path> parts = new LinkedHashMap<>();
    List<Path> unwanted = new ArrayList<>();
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(limits.connect)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    try {
      List<URI> left = new ArrayList<>(mirrors);
      for (Map.Entry<String, String> file : files.entrySet()) {
        String name = file.getKey() + ".gz";
        Path part = temporary(directory, name);
        unwanted.add(part);
        parts.put(part, directory.resolve(name));
        fetch(client, left, name, file.getValue(), part, progress);
      }
      for (Map.Entry<Path, Path> part : parts.entrySet()) {
        if (place(part.getKey(), part.getValue())) {
          unwanted.add(part.getValue());
        }
      }
      unwanted.removeAll(parts.values());
      created = false;
    } finally {
      client.shutdownNow();
      if (created) {
        unwanted.add(directory);
      }
      deleteAll(unwanted);
    }
  }

  /** Returns whether the directory was created. */
  private static boolean createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return false;
    }
    try {
      Files.createDirectories(directory);
      directory.toFile().deleteOnExit(); // Has no effect unless it is empty.
      return true;
    } catch (IOException e) {
      throw new IOException("%s cannot be created: %s".formatted(directory, reason(e)), e);
    }
  }

  /**
   * Moves a complete file to its name.
   *
   * @return false if a file with the same content has appeared there: two programs may download at
   *     once
   * @throws IOException if anything else has; it is kept
   */
  private static boolean place(Path part, Path target) throws IOException {
    try {
      Files.move(part, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          && Files.mismatch(part, target) < 0) {
        return false;
      }
      throw new IOException(target + " has appeared, which is another file", e);
    }
  }

  private static void deleteAll(List<Path> paths) {
    for (Path path : paths) {
      // Best effort: a failure to delete must not hide the original failure.
      path.toFile().delete();
    }
  }

  /** Creates a temporary file next to the final one; the JVM deletes it when it exits. */
  private static Path temporary(Path directory, String name) throws IOException {
    try {
      Path part =
          Files.createFile(directory.resolve(".%s.part-%s".formatted(name, UUID.randomUUID())));
      part.toFile().deleteOnExit();
      return part;
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s".formatted(directory, reason(e)), e);
    }
  }

  /** Tries one mirror after the other; a mirror that failed is not used for later files. */
  private void fetch(
      HttpClient client,
      List<URI> left,
      String name,
      String sha256,
      Path part,
      DownloadProgress progress)
      throws IOException, InterruptedException {
    List<String> reasons = new ArrayList<>();
    for (URI mirror : List.copyOf(left)) {
      try {
        receive(client, mirror.resolve(name), name, part, progress);
        verify(part, name, sha256);
        return;
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        left.remove(mirror);
        reasons.add("%s: %s".formatted(mirror.getAuthority(), reason(e)));
      }
    }
    throw new IOException(String.join("; ", reasons));
  }

  /**
   * Receives one file. The client's own timeout ends with the response header, so this thread
   * monitors the incoming bytes.
   */
  private void receive(
      HttpClient client, URI address, String name, Path part, DownloadProgress progress)
      throws IOException, InterruptedException {
    FileReceiver receiver = new FileReceiver(part, limits.bytes);
    CompletableFuture<?> response =
        client.sendAsync(HttpRequest.newBuilder(address).build(), receiver);
    try {
      long start = System.nanoTime();
      long lastByte = start;
      long bytes = 0;
      while (!isComplete(response)) {
        long now = System.nanoTime();
        if (receiver.bytes() > bytes) {
          bytes = receiver.bytes();
          lastByte = now;
          progress.progress(name, bytes, receiver.total());
        }
        if (now - lastByte > limits.stall.toNanos()) {
          throw new IOException("no data for " + seconds(limits.stall));
        }
        if (now - start > limits.total.toNanos()) {
          throw new IOException("incomplete after " + seconds(limits.total));
        }
      }
      progress.progress(name, receiver.bytes(), receiver.bytes());
    } finally {
      response.cancel(true);
      receiver.close();
    }
  }

  private boolean isComplete(CompletableFuture<?> response)
      throws IOException, InterruptedException {
    long wait = Math.min(PROGRESS_INTERVAL.toNanos(), limits.stall.toNanos());
    try {
      response.get(wait, NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(reason(e.getCause()), e);
    }
  }

  private void verify(Path part, String name, String sha256) throws IOException {
    Sha256 hash = new Sha256();
    try (InputStream raw = Files.newInputStream(part);
        InputStream in = new GzipInput(raw, name)) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
        if (bytes > limits.bytes) {
          throw new IOException(
              "%s: decompresses to more than %d bytes".formatted(name, limits.bytes));
        }
        hash.add(ByteBuffer.wrap(buffer, 0, count));
      }
    }
    if (!hash.hex().equals(sha256)) {
      throw new IOException(name + ": unexpected content (wrong SHA-256)");
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "connection timed out";
    }
    if (e instanceof ConnectException) {
      return e.getCause() instanceof UnresolvedAddressException
          ? "unknown host"
          : "connection failed";
    }
    String reason = e instanceof IOException failed ? Reason.of(failed) : e.getMessage();
    return reason == null ? "connection failed" : reason.strip().replaceAll("\\R", " ");
  }

  private static String seconds(Duration time) {
    return "%s s".formatted(time.toMillis() / 1000.0).replace(".0 s", " s");
  }
}
