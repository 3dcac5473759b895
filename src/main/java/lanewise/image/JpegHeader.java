package lanewise.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a JPEG file says before its pixels. */
final class JpegHeader {
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int ARITHMETIC_TABLES = 0xcc;
  private static final int FIRST_BARE = 0xd0;
  private static final int LAST_BARE = 0xd9;
  private static final int SCAN = 0xda;
  private static final int PROFILE = 0xe2;
  private static final int ADOBE = 0xee;
  private static final int FILL = 0xff;

  /** In such files, no ink is 255. */
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Where a segment of a frame has its number of colours, after marker and length. */
  private static final int COLOURS = 9;

  private JpegHeader() {}

  /**
   * Returns a file without its colour profile: the JDK's reader would apply it, or warn of it.
   *
   * @param file a JPEG file
   * @throws IOException if the meaning of its colours is not certain
   */
  static byte[] withoutProfile(byte[] file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    ByteBuffer in = ByteBuffer.wrap(file);
    int colours = 0;
    boolean adobe = false;
    int at = 2;
    kept.write(file, 0, at);
    while (at + 4 <= file.length && file[at] == -1) {
      int marker = file[at + 1] & 255;
      int bytes = length(marker, in.getShort(at + 2));
      if (marker == SCAN || bytes > file.length - at) {
        break;
      }
      if (isFrame(marker) && bytes > COLOURS) {
        colours = file[at + COLOURS] & 255;
      }
      adobe |= marker == ADOBE && begins(file, at + 4, ADOBE_NAME);
      if (marker != PROFILE) {
        kept.write(file, at, bytes);
      }
      at += bytes;
    }
    if (colours == 4 && !adobe) {
      throw new IOException("four colours of unknown meaning; convert it to RGB or grey");
    }
    kept.write(file, at, file.length - at); // The pixels, or what the reader will refuse.
    return kept.toByteArray();
  }

  private static boolean begins(byte[] file, int at, byte[] text) {
    return at + text.length <= file.length
        && Arrays.equals(file, at, at + text.length, text, 0, text.length);
  }

  /** Bytes of a segment with its marker. */
  private static int length(int marker, short afterMarker) {
    if (marker == FILL) {
      return 1;
    }
    boolean bare = marker >= FIRST_BARE && marker <= LAST_BARE;
    return bare ? 2 : 2 + Math.max(2, afterMarker & 0xffff);
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != ARITHMETIC_TABLES;
  }
}
