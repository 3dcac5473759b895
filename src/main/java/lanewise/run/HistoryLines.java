package lanewise.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the lines of a history to find where to truncate it. */
final class HistoryLines {
  private static final int MAX_LENGTH = 1 << 12;

  private final InputStream in;
  private final byte[] header;
  private final byte[] line = new byte[MAX_LENGTH];
  private int length;
  private int epochs;

  /**
   * @param channel read from its beginning
   * @param header the expected first line
   */
  HistoryLines(FileChannel channel, String header) throws IOException {
    this.in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    this.header = header.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The offset after the last line to keep: the header, then epochs 1, 2, 3 and so on without a
   * gap.
   *
   * @param last epoch to keep
   * @return 0 if the header is not the expected one
   */
  long endOf(int last) throws IOException {
    if (!next() || length != header.length || !startsWith(header)) {
      return 0;
    }
    long end = length + 1L;
    while (epochs < last && next() && startsWith(ascii(epochs + 1 + ","))) {
      end += length + 1L;
      epochs++;
    }
    return end;
  }

  /** The number of epochs that {@link #endOf} found. */
  int epochs() {
    return epochs;
  }

  /** Reads a line; false if no complete line is left. */
  private boolean next() throws IOException {
    length = 0;
    for (int b = in.read(); b >= 0 && length < MAX_LENGTH; b = in.read()) {
      if (b == '\n') {
        return true;
      }
      line[length++] = (byte) b;
    }
    return false;
  }

  private boolean startsWith(byte[] start) {
    return length >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
