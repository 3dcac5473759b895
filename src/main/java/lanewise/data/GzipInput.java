package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) of one or more members and refuses anything after the last one,
 * which {@link java.util.zip.GZIPInputStream} ignores.
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

  /**
   * Compressed bytes; those from {@code position} to {@code end} have not been passed to the
   * inflater.
   */
  private final byte[] buffer = new byte[1 << 16];

  private int position;
  private int end;
  private boolean finished;

  /**
   * Reads the first header.
   *
   * @param in closed by {@link #close}
   * @param name file name for messages
   */
  GzipInput(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    try {
      readHeader("no gzip header");
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
          throw invalid("a preset dictionary");
        } else {
          feed();
        }
      }
    } catch (DataFormatException e) {
      throw invalid(e.getMessage() == null ? "invalid data" : e.getMessage());
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    finished = true;
    inflater.end();
    in.close();
  }

  /** Checks the trailer and starts the next member, if there is one. */
  private void finishMember() throws IOException {
    position = end - inflater.getRemaining();
    if (nextInt() != (int) crc.getValue()) {
      throw invalid("wrong checksum");
    }
    if (nextInt() != (int) inflater.getBytesWritten()) {
      throw invalid("wrong length");
    }
    if (position == end && !fill()) {
      finished = true;
      return;
    }
    readHeader("other bytes follow it");
  }

  /**
   * Reads a member's header and resets the inflater.
   *
   * @param missing message if there is no header
   */
  private void readHeader(String missing) throws IOException {
    crc.reset();
    if (nextHeaderByte() != ID1 || nextHeaderByte() != ID2) {
      throw invalid(missing);
    }
    if (nextHeaderByte() != DEFLATE) {
      throw invalid("unknown compression method");
    }
    int flags = nextHeaderByte();
    if ((flags & FLAGS_RESERVED) != 0) {
      throw invalid("unknown flags");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & FLAG_EXTRA) != 0) {
      int low = nextHeaderByte();
      skip(low | nextHeaderByte() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipString();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipString();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      int expected = (int) crc.getValue() & 0xffff;
      if ((next() | next() << 8) != expected) {
        throw invalid("wrong header checksum");
      }
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(buffer, position, end - position);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextHeaderByte();
    }
  }

  private void skipString() throws IOException {
    int c;
    do {
      c = nextHeaderByte();
    } while (c != 0);
  }

  private void feed() throws IOException {
    if (!fill()) {
      throw invalid("unexpected end");
    }
    inflater.setInput(buffer, 0, end);
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private int nextHeaderByte() throws IOException {
    int next = next();
    crc.update(next);
    return next;
  }

  private int next() throws IOException {
    if (position == end && !fill()) {
      throw invalid("unexpected end");
    }
    return buffer[position++] & 0xff;
  }

  /** Returns false at the end of the file. */
  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private DataException invalid(String problem) {
    return new DataException("%s: invalid gzip: %s".formatted(name, problem));
  }
}
