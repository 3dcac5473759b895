package lanewise.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a history's lines from its beginning, to find where to cut it. */
final class HistoryLines {
  private static final int LONGEST = 1 << 12;

  private final InputStream in;
  private final byte[] header;
  private final byte[] line = new byte[LONGEST];
  private int length;
  private int epochs;

  /**
   * @param channel read from its beginning
   * @param header the first line as it should be
   */
  HistoryLines(FileChannel channel, String header) throws IOException {
    this.in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    this.header = header.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The byte after the last line to keep: the header, then epochs 1, 2, 3 and so on without a gap.
   *
   * @param last epoch to keep
   * @return 0 if not even the header is as it should be
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

  /** How many epochs {@link #endOf} kept. */
  int epochs() {
    return epochs;
  }

  /** Reads a line; false if there is none that is whole. */
  private boolean next() throws IOException {
    length = 0;
    for (int b = in.read(); b >= 0 && length < LONGEST; b = in.read()) {
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
