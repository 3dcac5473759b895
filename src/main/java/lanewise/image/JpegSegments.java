package lanewise.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segments of a JPEG file: headers, tables, metadata and scans, each after a marker. */
final class JpegSegments {
  /**
   * The most scans of one image. Each takes time for every pixel, however few bytes it has;
   * encoders write about ten.
   */
  static final int MAX_SCANS = 100;

  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int ARITHMETIC_TABLES = 0xcc;
  private static final int FIRST_RESTART = 0xd0;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int PROFILE = 0xe2;
  private static final int ADOBE = 0xee;
  private static final int FILL = 0xff;

  /** In files with this name, 255 is no ink. */
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Where a frame's segment has its number of colours. */
  private static final int COLOURS = 9;

  private JpegSegments() {}

  /**
   * Checks what comes before the pixels.
   *
   * @param file a JPEG file
   * @return the same without its colour profile, which the JDK's reader would apply or warn of
   * @throws IOException if the meaning of the colours is not certain, or there are too many scans
   */
  static byte[] checked(byte[] file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    ByteBuffer in = ByteBuffer.wrap(file);
    int keptTo = 0;
    int scans = 0;
    int colours = 0;
    boolean adobe = false;
    for (int at = marker(file, 0); at + 4 <= file.length; ) {
      int marker = file[at + 1] & 255;
      int end = at + length(marker, in.getShort(at + 2));
      if (end > file.length || marker == END && colours > 0) {
        break; // The reader will refuse what is missing and ignore what follows the end.
      }
      if (isFrame(marker) && end > at + COLOURS) {
        colours = file[at + COLOURS] & 255;
      } else if (marker == ADOBE) {
        adobe |= begins(file, at + 4, ADOBE_NAME);
      } else if (marker == PROFILE) {
        kept.write(file, keptTo, at - keptTo);
        keptTo = end;
      } else if (marker == SCAN) {
        scans++;
      }
      at = marker(file, end);
    }
    if (colours == 4 && !adobe) {
      throw new IOException("four colours of unknown meaning; convert it to RGB or grey");
    }
    if (scans > MAX_SCANS) {
      throw new IOException("%d scans, expected at most %d".formatted(scans, MAX_SCANS));
    }
    kept.write(file, keptTo, file.length - keptTo);
    return kept.toByteArray();
  }

  /** Where the next marker is: a scan's data follows its segment, and has 0 after each 0xff. */
  private static int marker(byte[] file, int from) {
    int at = from;
    while (at + 1 < file.length && (file[at] != -1 || file[at + 1] == 0)) {
      at++;
    }
    return at;
  }

  /** Bytes of a segment with its marker. */
  private static int length(int marker, short afterMarker) {
    if (marker == FILL) {
      return 1;
    }
    boolean bare = marker >= FIRST_RESTART && marker <= END;
    return bare ? 2 : 2 + Math.max(2, afterMarker & 0xffff);
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != ARITHMETIC_TABLES;
  }

  private static boolean begins(byte[] file, int at, byte[] text) {
    return at + text.length <= file.length
        && Arrays.equals(file, at, at + text.length, text, 0, text.length);
  }
}
