package lanewise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import lanewise.io.Reason;

/**
 * Standard output without the silence of {@link System#out}: the write that fails throws an {@link
 * OutputException}. What is written after that is lost.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream file;
  private boolean failed;

  /**
   * @param file receives each write at once
   */
  StandardOutput(OutputStream file) {
    this.file = file;
  }

  /** Standard output of this process, in the encoding of the locale. */
  static PrintWriter open() {
    OutputStream file = new FileOutputStream(FileDescriptor.out);
    return new PrintWriter(new StandardOutput(file), true, System.out.charset());
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (failed) {
      return;
    }
    try {
      file.write(bytes, from, length);
    } catch (IOException e) {
      failed = true;
      throw OutputException.of(Reason.of(e), isClosedPipe(e), e);
    }
  }

  /** The system tells errors apart only by a text in the user's language: compares it with one. */
  private static boolean isClosedPipe(IOException e) {
    try {
      Pipe pipe = Pipe.open();
      try (Pipe.SinkChannel sink = pipe.sink()) {
        pipe.source().close();
        sink.write(ByteBuffer.allocate(1));
      }
      return false;
    } catch (IOException closed) {
      return closed.getMessage() != null && closed.getMessage().equals(e.getMessage());
    }
  }
}
