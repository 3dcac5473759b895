package lanewise.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import lanewise.data.DataException;

/** The formats that are decoded. */
enum ImageFormat {
  PNG(0x89, 'P', 'N', 'G') {
    @Override
    byte[] checked(byte[] file) throws IOException {
      PngChunks.check(file);
      return file;
    }
  },
  JPEG(0xff, 0xd8, 0xff) {
    @Override
    byte[] checked(byte[] file) throws IOException {
      return JpegSegments.checked(file);
    }
  },
  BMP('B', 'M') {
    @Override
    byte[] checked(byte[] file) throws IOException {
      checkBmp(file);
      return file;
    }
  };

  /** Bytes that tell a format. */
  private static final int START = 12;

  /** Formats that people take for images, by a pattern of their first bytes. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "GIF8.*", "GIF",
          "RIFF....WEBP", "WebP",
          "(II\\*\0|MM\0\\*).*", "TIFF",
          "....ftyp(hei|hev|mif|msf).", "HEIC",
          "....ftypavi.", "AVIF",
          "%PDF.*", "PDF");

  private static final int BMP_HEADER_SIZE = 14;
  private static final int BMP_COMPRESSION = 30;
  private static final int BMP_JPEG = 4;
  private static final int BMP_PNG = 5;

  private final int[] signature;

  ImageFormat(int... signature) {
    this.signature = signature;
  }

  /**
   * Recognises a format by the first bytes.
   *
   * @param name file name for messages
   * @throws DataException if it is another one
   */
  static ImageFormat of(byte[] file, String name) throws DataException {
    if (file.length == 0) {
      throw new DataException(name + ": empty file");
    }
    for (ImageFormat format : values()) {
      if (format.begins(file)) {
        return format;
      }
    }
    byte[] start = Arrays.copyOf(file, Math.min(START, file.length));
    String text = new String(start, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (text.matches("(?s)" + other.getKey())) {
        throw new DataException(
            "%s: its format is %s, expected PNG, JPEG or BMP".formatted(name, other.getValue()));
      }
    }
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(4, start.length); i++) {
      bytes.append(" %02x".formatted(start[i] & 255));
    }
    throw new DataException(
        "%s: not a PNG, JPEG or BMP image: it begins with%s".formatted(name, bytes));
  }

  private boolean begins(byte[] file) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= file.length || (file[i] & 255) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks what the JDK's reader does not.
   *
   * @return what that reader is to read
   * @throws IOException if it would decode other pixels than those that were written
   */
  abstract byte[] checked(byte[] file) throws IOException;

  /** Refuses a BMP that is the shell of an image whose size need not be that in its header. */
  private static void checkBmp(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < BMP_COMPRESSION + Integer.BYTES || in.getInt(BMP_HEADER_SIZE) < 40) {
      return; // It is too old for compression, or the reader will refuse it.
    }
    int compression = in.getInt(BMP_COMPRESSION);
    if (compression == BMP_JPEG || compression == BMP_PNG) {
      throw new IOException(
          "it contains a %s file".formatted(compression == BMP_JPEG ? JPEG : PNG));
    }
  }
}
