package lanewise.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import lanewise.io.Text;

/** The chunks of a PNG file. The JDK's reader does not verify their checksums. */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454e44;
  private static final int TRNS = 0x74524e53;

  private PngChunks() {}

  /**
   * Checks that the pixels are those that were written, and that the JDK's reader decodes them.
   *
   * @param file a PNG file
   * @throws IOException if a chunk is not whole, has a wrong checksum or would be misunderstood
   */
  static void check(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.position(Math.min(SIGNATURE, file.length));
    int greyBits = 0;
    while (true) {
      need(in, 2L * Integer.BYTES);
      int length = in.getInt();
      int start = in.position();
      int type = in.getInt();
      if (type == IEND) { // Some programs leave out its checksum.
        return;
      }
      need(in, Integer.toUnsignedLong(length) + Integer.BYTES);
      ByteBuffer content = in.slice(in.position(), length);
      in.position(in.position() + length);
      if (in.getInt() != crc(file, start, Integer.BYTES + length)) {
        String name = new String(file, start, Integer.BYTES, StandardCharsets.ISO_8859_1);
        throw new IOException("chunk %s has a wrong checksum".formatted(Text.quote(name)));
      }
      if (type == IHDR) {
        greyBits = greyBits(content);
      } else if (type == TRNS) {
        checkTransparency(content, greyBits);
      }
    }
  }

  private static int crc(byte[] file, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(file, start, length);
    return (int) crc.getValue();
  }

  /** Bits per pixel if the image is grey without an alpha channel, otherwise 0. */
  private static int greyBits(ByteBuffer header) throws EOFException {
    need(header, 10);
    return header.get(9) == 0 ? header.get(8) : 0;
  }

  /**
   * The JDK's reader compares the transparent level with levels that it has scaled to 8 bits (JDK
   * 25), which is right only for 0.
   */
  private static void checkTransparency(ByteBuffer level, int greyBits) throws IOException {
    if (greyBits > 0 && greyBits < 8 && (level.remaining() < 2 || level.getShort() != 0)) {
      throw new IOException(
          "grey of %s with a transparent level; save it with 8 bits"
              .formatted(Text.count(greyBits, "bit")));
    }
  }

  private static void need(ByteBuffer in, long bytes) throws EOFException {
    if (in.remaining() < bytes) {
      throw new EOFException();
    }
  }
}
