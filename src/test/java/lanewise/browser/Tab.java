package lanewise.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lanewise.run.Json;

/** One page in a browser: input events, scripts, and the errors that it reported. */
public final class Tab implements AutoCloseable {
  private final HttpClient client;
  private final WebSocket socket;
  private final Duration patience;
  private final BlockingQueue<Json> answers;
  private final List<String> complaints;
  private final List<String> requests;
  private final BlockingQueue<String> loads;
  private int id;

  private Tab(HttpClient client, WebSocket socket, Duration patience, Listener listener) {
    this.client = client;
    this.socket = socket;
    this.patience = patience;
    this.answers = listener.answers;
    this.complaints = listener.complaints;
    this.requests = listener.requests;
    this.loads = listener.loads;
  }

  static Tab open(int port, Duration patience) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    URI make = URI.create("http://127.0.0.1:%d/json/new?about:blank".formatted(port));
    HttpRequest request =
        HttpRequest.newBuilder(make).PUT(HttpRequest.BodyPublishers.noBody()).build();
    Json target = Json.of(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    URI address = URI.create((String) target.at("webSocketDebuggerUrl"));
    Listener listener = new Listener();
    WebSocket socket = client.newWebSocketBuilder().buildAsync(address, listener).join();
    Tab tab = new Tab(client, socket, patience, listener);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      tab.send(domain + ".enable", Map.of());
    }
    return tab;
  }

  /** Puts messages together and sorts them. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<Json> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        String text = message.toString();
        message.setLength(0);
        sort(text);
      }
      socket.request(1);
      return null;
    }

    private void sort(String text) {
      Json json = Json.of(text);
      if (json.at("id") != null) {
        answers.add(json);
        return;
      }
      switch (String.valueOf(json.at("method"))) {
        case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded":
          complaints.add(text);
          break;
        case "Network.requestWillBeSent":
          requests.add((String) json.at("params.request.url"));
          break;
        case "Page.loadEventFired":
          loads.add(text);
          break;
        default: // Of no interest.
      }
    }
  }

  /** Sends a command of the protocol and waits for its answer, the value of {@code result}. */
  public Json send(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    StringWriter text = new StringWriter();
    id++;
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, Map.of("id", id, "method", method, "params", parameters));
    }
    CompletableFuture<WebSocket> sent = socket.sendText(text.toString(), true);
    try {
      sent.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " was not sent", e);
    }
    Json answer = answers.poll(patience.toSeconds(), TimeUnit.SECONDS);
    if (answer == null || answer.at("error") != null || !answer.at("id").equals(id)) {
      throw new IOException("%s was answered by %s".formatted(method, answer));
    }
    return answer;
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Object name : map.keySet()) {
        json.writeFieldName((String) name);
        write(json, map.get(name));
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writePOJO(value);
    }
  }

  /** Opens a file and waits until it is loaded and its scripts have run. */
  public void show(Path file) throws IOException, InterruptedException {
    loads.clear();
    requests.clear();
    complaints.clear();
    send("Page.navigate", Map.of("url", file.toUri().toString()));
    if (loads.poll(patience.toSeconds(), TimeUnit.SECONDS) == null) {
      throw new IOException(file + " was not loaded");
    }
  }

  /**
   * The value of an expression in JavaScript: numbers, texts, lists, maps.
   *
   * @throws IOException also if the expression throws
   */
  public Object eval(String expression) throws IOException, InterruptedException {
    Json answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.at("result.exceptionDetails") != null) {
      throw new IOException(expression + ": " + answer.at("result.exceptionDetails"));
    }
    return answer.at("result.result.value");
  }

  /** Emulates a screen of this size. */
  public void resize(int width, int height) throws IOException, InterruptedException {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Emulates a system theme, "light" or "dark". */
  public void theme(String scheme) throws IOException, InterruptedException {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A mouse event: {@code mousePressed}, {@code mouseMoved} or {@code mouseReleased}. */
  public void mouse(String type, double x, double y) throws IOException, InterruptedException {
    send(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
  }

  /** A finger's event: {@code touchStart}, {@code touchMove}, or {@code touchEnd} anywhere. */
  public void touch(String type, double x, double y) throws IOException, InterruptedException {
    boolean end = type.equals("touchEnd");
    send(
        "Input.dispatchTouchEvent",
        Map.of("type", type, "touchPoints", end ? List.of() : List.of(Map.of("x", x, "y", y))));
  }

  /** Presses and releases a key, by its name and code such as ArrowLeft. */
  public void key(String key, String code) throws IOException, InterruptedException {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      send("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", code));
    }
  }

  /** Errors, warnings and whatever else came to the console since the page was opened. */
  public List<String> complaints() {
    return complaints;
  }

  /** Addresses that the page has requested since it was opened, its own first. */
  public List<String> requests() {
    return requests;
  }

  /** The page closes with the browser. */
  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }
}
