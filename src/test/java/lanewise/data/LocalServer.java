package lanewise.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback address, for downloads; it answers 404 for unknown paths. */
final class LocalServer implements AutoCloseable {
  /** Short limits, for fast tests. */
  static final Download.Limits QUICK =
      new Download.Limits(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 16);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** The address of its root, as a mirror. */
  URI root() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  void serve(String path, byte[] body) {
    serve(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (HttpExchange closing = exchange) {
            handler.handle(closing);
          }
        });
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
