package lanewise.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The width of the terminal that this process runs in, queried repeatedly because windows are
 * resized. The JDK does not provide it, so a background thread runs {@code stty}; without {@code
 * stty} the usual width is assumed.
 */
final class TerminalWidth implements IntSupplier {
  /** The width of a terminal whose width is unknown. */
  static final int USUAL = 80;

  private static final long SECOND = 1_000_000_000;
  private static final File TERMINAL = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

  private volatile int columns = USUAL;
  private volatile boolean known = true;

  /** Guarded by this, like what follows. */
  private long queried = System.nanoTime() - SECOND;

  private boolean querying;

  TerminalWidth() {
    query();
  }

  /** The width found last. */
  @Override
  public int getAsInt() {
    query();
    return columns;
  }

  private synchronized void query() {
    if (known && !querying && System.nanoTime() - queried >= SECOND) {
      querying = true;
      queried = System.nanoTime();
      Thread.ofPlatform().daemon().name("lanewise-terminal").start(this::look);
    }
  }

  private void look() {
    int found = stty();
    known = found > 0;
    columns = known ? found : USUAL;
    synchronized (this) {
      querying = false;
    }
  }

  private static int stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream in = process.getInputStream()) {
        String size = new String(in.readNBytes(100), StandardCharsets.US_ASCII);
        return process.waitFor(1, TimeUnit.SECONDS) ? columns(size) : 0;
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      return 0; // No stty, or no terminal.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The columns in the output of stty, which is rows and columns; 0 if unknown. */
  static int columns(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches() || matcher.group(1).length() > 4) {
      return 0;
    }
    return Integer.parseInt(matcher.group(1));
  }
}
