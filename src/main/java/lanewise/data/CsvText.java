package lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Decodes a CSV file's UTF-8 and drops a byte order mark. Refuses an endless row (an unclosed
 * quote, a binary file) before it fills the memory; if strict, also bytes that are no text, with
 * their line.
 */
final class CsvText extends Reader {
  private static final int MAX_ROW = 1 << 24;

  /** Characters to look at before reading: many lines, unless these are very long. */
  static final int PEEK = 1 << 16;

  private final InputStream in;
  private final Path file;
  private final boolean strict;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private CharBuffer ahead = CharBuffer.allocate(0);
  private boolean started;
  private boolean ended;
  private int inRow;
  private long line = 1;
  private char previous;

  CsvText(InputStream in, Path file, boolean strict) {
    this.in = in;
    this.file = file;
    this.strict = strict;
    CodingErrorAction action = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    this.decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
  }

  /** The row has ended: what is read from now on belongs to another. */
  void endRow() {
    inRow = 0;
  }

  /** Returns the first {@link #PEEK} characters or one more, which will be read all the same. */
  String peek() throws IOException {
    char[] start = new char[PEEK + 1]; // Room for the second half of a character.
    int filled = 0;
    for (int count = 0; count >= 0 && filled < PEEK; filled += Math.max(0, count)) {
      count = decode(start, filled, start.length - filled);
    }
    ahead = CharBuffer.wrap(start, 0, filled);
    return new String(start, 0, filled);
  }

  @Override
  public int read(char[] out, int from, int length) throws IOException {
    int count;
    if (ahead.hasRemaining()) {
      count = Math.min(length, ahead.remaining());
      ahead.get(out, from, count);
    } else {
      count = decode(out, from, length);
    }
    inRow += Math.max(0, count);
    if (inRow > MAX_ROW) {
      throw new DataException(
          "%s: a row of more than %d characters, expected %s"
              .formatted(file, MAX_ROW, strict ? "a table" : "a label and pixels"));
    }
    return count;
  }

  /** Decodes at least one character; returns -1 at the end of the file. */
  private int decode(char[] out, int from, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(out, from, length);
    while (chars.position() == from) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (!started && chars.position() > from) {
        started = true;
        if (out[from] == '\ufeff') {
          System.arraycopy(out, from + 1, out, from, chars.position() - from - 1);
          chars.position(chars.position() - 1);
          continue;
        }
      }
      if (chars.position() == from) {
        if (result.isError()) {
          throw bad("bytes that are not UTF-8");
        }
        if (result.isOverflow() || ended) {
          return result.isOverflow() ? 0 : -1; // No room for the two halves of a character.
        }
        fill();
      }
    }
    if (strict) {
      check(out, from, chars.position());
    }
    return chars.position() - from;
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(0, count)).flip();
  }

  /** Counts lines; refuses zeros, which UTF-16 and binary files have. */
  private void check(char[] text, int from, int to) throws DataException {
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c < ' ') {
        if (c == 0) {
          throw bad("a zero byte");
        }
        if (c == '\r' || c == '\n' && previous != '\r') {
          line++;
        }
      }
      previous = c;
    }
  }

  private DataException bad(String found) {
    return new DataException(
        "%s, line %d: %s, expected text in UTF-8".formatted(file, line, found));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
