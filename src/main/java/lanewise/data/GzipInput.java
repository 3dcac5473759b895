package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), one member or several, and refuses whatever is not gzip to its last
 * byte. {@link java.util.zip.GZIPInputStream} lets bytes after the end pass unseen.
 */
final class GzipInput extends InputStream {
  static final int ID1 = 0x1f;
  static final int ID2 = 0x8b;

  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;

  private final InputStream in;
  private final String name;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] one = new byte[1];

  /** Packed bytes: those from {@code at} to {@code end} are not yet with the inflater. */
  private final byte[] packed = new byte[1 << 16];

  private int at;
  private int end;
  private boolean finished;

  /**
   * Reads the first header.
   *
   * @param in closed by {@link #close}
   * @param name of the file, for messages
   */
  GzipInput(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    try {
      readHeader("it does not start as gzip does");
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, out.length);
    if (length == 0) {
      return 0;
    }
    try {
      while (!finished) {
        int count = inflater.inflate(out, from, length);
        if (count > 0) {
          crc.update(out, from, count);
          return count;
        }
        if (inflater.finished()) {
          finishMember();
        } else if (inflater.needsDictionary()) {
          throw broken("it asks for a preset dictionary");
        } else {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw broken(e.getMessage() == null ? "invalid data" : e.getMessage());
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    finished = true;
    inflater.end();
    in.close();
  }

  /** Checks the trailer and goes on to the next member, if there is one. */
  private void finishMember() throws IOException {
    at = end - inflater.getRemaining();
    if (nextInt() != (int) crc.getValue()) {
      throw broken("its checksum differs");
    }
    if (nextInt() != (int) inflater.getBytesWritten()) {
      throw broken("its length differs");
    }
    if (at == end && !fill()) {
      finished = true;
      return;
    }
    readHeader("other bytes follow its end");
  }

  /**
   * Reads a member's header and makes the inflater ready.
   *
   * @param none what to say where there is no header
   */
  private void readHeader(String none) throws IOException {
    crc.reset();
    if (nextOfHeader() != ID1 || nextOfHeader() != ID2) {
      throw broken(none);
    }
    if (nextOfHeader() != DEFLATE) {
      throw broken("its compression method is unknown");
    }
    int flags = nextOfHeader();
    if ((flags & FLAGS_RESERVED) != 0) {
      throw broken("its header has unknown flags");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & FLAG_EXTRA) != 0) {
      int low = nextOfHeader();
      skip(low | nextOfHeader() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      int expected = (int) crc.getValue() & 0xffff;
      if ((next() | next() << 8) != expected) {
        throw broken("its header's checksum differs");
      }
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(packed, at, end - at);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextOfHeader();
    }
  }

  private void skipText() throws IOException {
    int c;
    do {
      c = nextOfHeader();
    } while (c != 0);
  }

  private void feed() throws IOException {
    if (!fill()) {
      throw broken("it ends too early");
    }
    inflater.setInput(packed, 0, end);
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private int nextOfHeader() throws IOException {
    int next = next();
    crc.update(next);
    return next;
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw broken("it ends too early");
    }
    return packed[at++] & 0xff;
  }

  /** Returns false at the end of the file. */
  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(packed));
    return end > 0;
  }

  private DataException broken(String why) {
    return new DataException("%s: broken gzip stream: %s".formatted(name, why));
  }
}
