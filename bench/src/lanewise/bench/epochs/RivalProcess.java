package lanewise.bench.epochs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The process of a rival. */
final class RivalProcess implements AutoCloseable {
  /** The result of an epoch. */
  record Epoch(double train, double evaluate, double loss, double accuracy) {}

  final Rival rival;
  private final Process process;
  private final BufferedReader in;
  private final OutputStream out;
  private String setting;

  /**
   * @param log receives its standard error
   */
  RivalProcess(Rival rival, File log) throws IOException {
    this.rival = rival;
    ProcessBuilder builder = new ProcessBuilder(rival.command());
    builder.environment().putAll(rival.environment());
    process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
    in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    out = process.getOutputStream();
  }

  /** Waits until it has read its data; returns its setting. */
  String setting() throws IOException {
    if (setting == null) {
      setting = answer("ready");
    }
    return setting;
  }

  /** Runs one epoch. */
  Epoch epoch() throws IOException {
    setting();
    out.write("epoch\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    String[] words = answer("epoch").split(" ");
    return new Epoch(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]));
  }

  /** Returns the rest of the next line that begins with a word; libraries may print others. */
  private String answer(String word) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
    }
    throw new IOException("%s exited without an answer; see its log".formatted(rival));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // It has already exited.
    }
    process.destroy();
  }
}
