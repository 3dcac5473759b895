package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lanewise.io.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DownloadTest {
  private static final byte[] CONTENT = content();
  private static final byte[] PACKED = SmallData.gzip(CONTENT);
  private static final String SHA256 = new Sha256().add(CONTENT).hex();

  @TempDir private Path directory;
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LocalServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void mnistHasFourFilesAndTwoMirrors() {
    Download mnist = Download.mnist();
    assertEquals(4, mnist.files().size());
    assertEquals(
        "https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz",
        mnist.mirrors().get(0).resolve(MnistDirectory.TRAIN_IMAGES + ".gz").toString());
    assertEquals(
        "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz",
        mnist.mirrors().get(1).resolve(MnistDirectory.TRAIN_IMAGES + ".gz").toString());
    assertEquals(Duration.ofSeconds(5), mnist.limits().connect());
  }

  @Test
  void checksumsAreThoseOfRealMnist() throws IOException {
    Path real = RealMnist.directory();
    for (Map.Entry<String, String> file : Download.mnist().files().entrySet()) {
      Path plain = real.resolve(file.getKey());
      Path there = Files.exists(plain) ? plain : real.resolve(file.getKey() + ".gz");
      try (var in = InputFiles.open(there)) {
        assertEquals(file.getValue(), new Sha256().add(in.readAllBytes()).hex());
      }
    }
  }

  @Test
  void putsFilesInPlaceAndReportsProgress() throws Exception {
    server.serve("/a.gz", PACKED);
    server.serve("/b.gz", PACKED);
    List<String> progress = new ArrayList<>();
    download(List.of(server.root()), LocalServer.QUICK, "a", "b")
        .into(directory, (file, bytes, total) -> progress.add(file + " " + bytes + "/" + total));
    assertEquals(List.of("a.gz", "b.gz"), SmallData.names(directory));
    assertArrayEquals(PACKED, Files.readAllBytes(directory.resolve("a.gz")));
    String complete = " %d/%d".formatted(PACKED.length, PACKED.length);
    assertTrue(progress.containsAll(List.of("a.gz" + complete, "b.gz" + complete)), "" + progress);
  }

  /** Two programs may download into the same directory at once. */
  @Test
  void keepsTheSameFileOfAnotherDownload() throws Exception {
    serveWhile(() -> Files.write(directory.resolve("a.gz"), PACKED));
    download(List.of(server.root()), LocalServer.QUICK, "a", "b")
        .into(directory, DownloadProgress.NONE);
    assertEquals(List.of("a.gz", "b.gz"), SmallData.names(directory));
  }

  @Test
  void replacesNoFileThatHasAppeared() throws Exception {
    Path mine = directory.resolve("b.gz");
    serveWhile(() -> Files.writeString(mine, "mine"));
    Download download = download(List.of(server.root()), LocalServer.QUICK, "a", "b");
    IOException e =
        assertThrows(IOException.class, () -> download.into(directory, DownloadProgress.NONE));
    assertEquals(mine + " has appeared, which is another file", e.getMessage());
    assertEquals(List.of("b.gz"), SmallData.names(directory));
    assertEquals("mine", Files.readString(mine));
  }

  @Test
  void replacesNoLinkAndNoTarget(@TempDir Path elsewhere) throws Exception {
    Path target = Files.write(elsewhere.resolve("target"), PACKED);
    Path link = directory.resolve("b.gz");
    serveWhile(() -> Files.createSymbolicLink(link, target));
    Download download = download(List.of(server.root()), LocalServer.QUICK, "a", "b");
    assertThrows(IOException.class, () -> download.into(directory, DownloadProgress.NONE));
    assertEquals(List.of("b.gz"), SmallData.names(directory));
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(PACKED, Files.readAllBytes(target));
  }

  /** Serves a and b; something happens in the directory while b is asked for. */
  private void serveWhile(Callable<Path> made) {
    server.serve("/a.gz", PACKED);
    server.serve(
        "/b.gz",
        exchange -> {
          try {
            made.call();
          } catch (Exception e) {
            throw new IOException(e);
          }
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED);
        });
  }

  @Test
  void followsARedirect() throws Exception {
    server.serve("/elsewhere", PACKED);
    server.serve(
        "/a.gz",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        });
    download(List.of(server.root()), LocalServer.QUICK, "a").into(directory, DownloadProgress.NONE);
    assertArrayEquals(PACKED, Files.readAllBytes(directory.resolve("a.gz")));
  }

  @Test
  void switchesToTheSecondMirrorForGood() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.serve(
        "/first/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
        });
    server.serve("/second/a.gz", PACKED);
    server.serve("/second/b.gz", PACKED);
    download(
            List.of(server.root().resolve("first/"), server.root().resolve("second/")),
            LocalServer.QUICK,
            "a",
            "b")
        .into(directory, DownloadProgress.NONE);
    assertEquals(List.of("a.gz", "b.gz"), SmallData.names(directory));
    assertEquals(1, asked.get());
  }

  @Test
  void givesTheReasonOfEveryMirror() throws IOException {
    URI closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    Download download = download(List.of(closed, server.root()), LocalServer.QUICK, "a");
    assertFails(
        "%s: connection failed; %s: HTTP status 404"
            .formatted(closed.getAuthority(), server.root().getAuthority()),
        download);
  }

  @Test
  void refusesWrongContent() throws IOException {
    byte[] other = CONTENT.clone();
    other[7] ^= 1;
    assertFails("a.gz: unexpected content (wrong SHA-256)", SmallData.gzip(other));
    assertFails("a.gz: invalid gzip: no gzip header", "<html>".getBytes());
    assertFails("a.gz: invalid gzip: unexpected end", new byte[0]);
    assertFails("a.gz: invalid gzip: unexpected end", Arrays.copyOf(PACKED, 2000));
    assertFails("a.gz: invalid gzip: other bytes follow it", SmallData.concat(PACKED, (byte) 1));
  }

  @Test
  void refusesABodyShorterThanAnnounced() throws IOException {
    IOException failure =
        fails(
            exchange -> {
              exchange.sendResponseHeaders(200, PACKED.length);
              exchange.getResponseBody().write(PACKED, 0, 1000);
              exchange.getResponseBody().flush();
              throw new IOException("cut the line");
            });
    assertTrue(failure.getMessage().contains("bytes"), failure.getMessage());
  }

  @Test
  void rejectsFilesThatAreTooLarge() throws IOException {
    assertFails("more than 65536 bytes", new byte[70_000]);
    assertFails("a.gz: decompresses to more than 65536 bytes", SmallData.gzip(new byte[70_000]));
    IOException endless =
        fails(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(new byte[4096]);
              }
            });
    assertTrue(endless.getMessage().endsWith("more than 65536 bytes"), endless.getMessage());
  }

  /** Announced or not: exactly the limit is accepted, one byte more is refused. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLimitIsExact(boolean announced) throws Exception {
    server.serve("/a.gz", answer(announced, PACKED));
    Download.Limits exact = limits(PACKED.length);
    download(List.of(server.root()), exact, "a").into(directory, DownloadProgress.NONE);
    assertArrayEquals(PACKED, Files.readAllBytes(directory.resolve("a.gz")));
    Files.delete(directory.resolve("a.gz"));
    assertFails(
        "%s: more than %d bytes".formatted(server.root().getAuthority(), PACKED.length - 1),
        download(List.of(server.root()), limits(PACKED.length - 1), "a"));
  }

  @Test
  void aLengthBeyondTheLimitIsRefusedBeforeTheBody() throws IOException {
    server.serve(
        "/a.gz",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().flush();
        });
    assertFails(
        "%s: more than %d bytes".formatted(server.root().getAuthority(), PACKED.length - 1),
        download(List.of(server.root()), limits(PACKED.length - 1), "a"));
  }

  /** What is packed in fewer bytes than the limit may be unpacked to exactly the limit. */
  @Test
  void theLimitOfWhatIsUnpackedIsExact() throws Exception {
    byte[] zeros = new byte[5000];
    server.serve("/a.gz", SmallData.gzip(zeros));
    Map<String, String> files = Map.of("a", new Sha256().add(zeros).hex());
    new Download(List.of(server.root()), files, limits(5000))
        .into(directory, DownloadProgress.NONE);
    Files.delete(directory.resolve("a.gz"));
    assertFails(
        server.root().getAuthority() + ": a.gz: decompresses to more than 4999 bytes",
        new Download(List.of(server.root()), files, limits(4999)));
  }

  @Test
  void givesUpOnAServerThatAcceptsAndNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI mirror = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      Download.Limits limits = limits(300, 10_000);
      assertFails(
          mirror.getAuthority() + ": no data for 0.3 s", download(List.of(mirror), limits, "a"));
    }
  }

  @Test
  void givesUpOnAnAnswerThatStalls() throws IOException {
    server.serve("/a.gz", trickle(1000, 60_000));
    assertFails(
        server.root().getAuthority() + ": no data for 0.3 s",
        download(List.of(server.root()), limits(300, 10_000), "a"));
  }

  @Test
  void givesUpOnAnAnswerThatTakesForever() throws IOException {
    server.serve("/a.gz", trickle(1, 20));
    assertFails(
        server.root().getAuthority() + ": incomplete after 0.5 s",
        download(List.of(server.root()), limits(5000, 500), "a"));
  }

  @Test
  void deletesTheFirstFileIfTheSecondFails() throws IOException {
    server.serve("/a.gz", PACKED);
    assertFails(
        server.root().getAuthority() + ": HTTP status 404",
        download(List.of(server.root()), LocalServer.QUICK, "a", "b"));
  }

  @Test
  void leavesNoFilesWhenInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    HttpHandler slow = trickle(1, 20);
    server.serve(
        "/a.gz",
        exchange -> {
          asked.countDown();
          slow.handle(exchange);
        });
    Path made = directory.resolve("made");
    Download download = download(List.of(server.root()), LocalServer.QUICK, "a");
    List<String> notices = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                DataSource.mnistOrBuiltin(
                    made, () -> download, DownloadProgress.NONE, notices::add);
              } catch (DataException e) {
                failures.add(e.getMessage() + " " + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    asked.await();
    thread.interrupt();
    thread.join();
    assertEquals(List.of("the download of MNIST was interrupted true"), failures);
    assertEquals(List.of(), notices);
    assertEquals(List.of(), SmallData.names(directory));
  }

  @Test
  void leavesNoFilesWhenTheProgramIsStopped() throws Exception {
    server.serve("/a.gz", trickle(1, 20));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DownloadTest.class.getName(),
                server.root().toString(),
                directory.resolve("made").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('.', program.getInputStream().read(), "the download has begun");
    assertEquals(List.of("made"), SmallData.names(directory));
    program.destroy();
    program.waitFor();
    assertEquals(List.of(), SmallData.names(directory));
  }

  /** The program that is stopped: downloads from a mirror into a directory. */
  public static void main(String[] args) throws Exception {
    download(List.of(URI.create(args[0])), LocalServer.QUICK, "a")
        .into(
            Path.of(args[1]),
            (file, bytes, total) -> {
              System.out.print('.');
              System.out.flush();
            });
  }

  @Test
  void reportsWhyADirectoryCannotBeCreated() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Download download = download(List.of(server.root()), LocalServer.QUICK, "a");
    IOException failure =
        assertThrows(IOException.class, () -> download.into(file, DownloadProgress.NONE));
    assertTrue(
        failure.getMessage().startsWith(file + " cannot be created: "), failure.getMessage());
  }

  private static Download.Limits limits(int bytes) {
    return new Download.Limits(
        LocalServer.QUICK.connect(), LocalServer.QUICK.stall(), LocalServer.QUICK.total(), bytes);
  }

  /** Answers with the length at the beginning, or in chunks that do not tell it. */
  private static HttpHandler answer(boolean announced, byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, announced ? body.length : 0);
      exchange.getResponseBody().write(body);
    };
  }

  /** Answers some bytes of the content every so many milliseconds. */
  private static HttpHandler trickle(int bytes, int millis) {
    return exchange -> {
      exchange.sendResponseHeaders(200, PACKED.length);
      try {
        for (int at = 0; at < PACKED.length; at += bytes) {
          exchange.getResponseBody().write(PACKED, at, bytes);
          exchange.getResponseBody().flush();
          Thread.sleep(millis);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static byte[] content() {
    byte[] bytes = new byte[20_000];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static Download.Limits limits(int stallMillis, int totalMillis) {
    return new Download.Limits(
        Duration.ofSeconds(5),
        Duration.ofMillis(stallMillis),
        Duration.ofMillis(totalMillis),
        1 << 16);
  }

  private static Download download(List<URI> mirrors, Download.Limits limits, String... names) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, SHA256);
    }
    return new Download(mirrors, files, limits);
  }

  private void assertFails(String reason, byte[] body) throws IOException {
    String message =
        fails(
                exchange -> {
                  exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                  exchange.getResponseBody().write(body);
                })
            .getMessage();
    assertTrue(message.endsWith(": " + reason), message);
  }

  /** Downloads from a server of its own that answers as the handler does. */
  private IOException fails(HttpHandler handler) throws IOException {
    try (LocalServer own = new LocalServer()) {
      own.serve("/a.gz", handler);
      Download download = download(List.of(own.root()), LocalServer.QUICK, "a");
      IOException failure =
          assertThrows(IOException.class, () -> download.into(directory, DownloadProgress.NONE));
      assertEquals(List.of(), SmallData.names(directory));
      assertEquals(1, failure.getMessage().lines().count());
      return failure;
    }
  }

  private void assertFails(String message, Download download) throws IOException {
    IOException failure =
        assertThrows(IOException.class, () -> download.into(directory, DownloadProgress.NONE));
    assertEquals(message, failure.getMessage());
    assertEquals(List.of(), SmallData.names(directory));
  }
}
