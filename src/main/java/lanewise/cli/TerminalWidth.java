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
 * The columns of the terminal that this process belongs to, looked at again and again, as windows
 * change. The JDK cannot tell, so {@code stty} is asked, by a thread that nobody waits for; where
 * there is none, a terminal has the usual width.
 */
final class TerminalWidth implements IntSupplier {
  /** Of a terminal that does not tell. */
  static final int USUAL = 80;

  private static final long SECOND = 1_000_000_000;
  private static final File TERMINAL = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

  private volatile int columns = USUAL;
  private volatile boolean told = true;

  /** Guarded by this, like what follows. */
  private long asked = System.nanoTime() - SECOND;

  private boolean asking;

  TerminalWidth() {
    ask();
  }

  /** What was found last. */
  @Override
  public int getAsInt() {
    ask();
    return columns;
  }

  private synchronized void ask() {
    if (told && !asking && System.nanoTime() - asked >= SECOND) {
      asking = true;
      asked = System.nanoTime();
      Thread.ofPlatform().daemon().name("lanewise-terminal").start(this::look);
    }
  }

  private void look() {
    int found = stty();
    told = found > 0;
    columns = told ? found : USUAL;
    synchronized (this) {
      asking = false;
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
      return 0; // No stty, or no terminal to ask about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The columns in what stty says, rows and columns; 0 if it knows none. */
  static int columns(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches() || matcher.group(1).length() > 4) {
      return 0;
    }
    return Integer.parseInt(matcher.group(1));
  }
}
