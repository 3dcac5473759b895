package lanewise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program with a standard output that takes some lines; the thread that prints another one
 * waits until a signal has asked the work to stop. However fast the machine, a run with more lines
 * is not over before it is killed or interrupted, and an interrupted one stops after the same line.
 */
final class StallingProgram {
  /** Less than the program waits for its work. */
  private static final long PATIENCE_MILLIS = 2000;

  /** Much longer than a test takes to kill it. */
  private static final long STALL_SECONDS = 120;

  private StallingProgram() {}

  /** Arguments: the number of lines, and those of the program. */
  public static void main(String[] args) {
    CountDownLatch asked = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitRequest(asked)));
    OutputStream stdout = new FileOutputStream(FileDescriptor.out);
    PrintWriter out = new PrintWriter(new Stalling(stdout, Integer.parseInt(args[0]), asked), true);
    PrintWriter err = new PrintWriter(System.err, true);
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    System.exit(RootCommand.commandLine(out, err, false).execute(rest));
  }

  /** The hook of {@link Interruption} asks the work to stop, then waits for it. */
  private static void awaitRequest(CountDownLatch asked) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() < deadline && !isWaiting()) {
      Thread.onSpinWait();
    }
    asked.countDown();
  }

  private static boolean isWaiting() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(Interruption.THREAD))
        .anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static final class Stalling extends FilterOutputStream {
    private final CountDownLatch asked;
    private int left;

    Stalling(OutputStream out, int lines, CountDownLatch asked) {
      super(out);
      this.left = lines;
      this.asked = asked;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        try {
          if (!asked.await(STALL_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody has ended this program");
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      out.write(bytes, from, length);
      for (int i = from; i < from + length && left > 0; i++) {
        left -= bytes[i] == '\n' ? 1 : 0;
      }
    }
  }
}
