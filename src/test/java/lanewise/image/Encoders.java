package lanewise.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files that {@link ImageIO#write} does not write. */
final class Encoders {
  private Encoders() {}

  /** A JPEG or PNG file that sharpens as it loads. */
  static byte[] progressive(BufferedImage image, String format) throws IOException {
    return write(new IIOImage(image, null, null), format, ImageWriteParam.MODE_DEFAULT);
  }

  /** A JPEG file of samples as they are, of any number of colours. */
  static byte[] jpeg(Raster samples) throws IOException {
    return write(new IIOImage(samples, null, null), "jpeg", ImageWriteParam.MODE_DISABLED);
  }

  private static byte[] write(IIOImage image, String format, int progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(progressive);
      writer.setOutput(out);
      writer.write(null, image, settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * A JPEG file with another segment at its start.
   *
   * @param marker of the segment, its second byte
   */
  static byte[] withSegment(byte[] jpeg, int marker, byte[]... content) {
    int length = 2 + Arrays.stream(content).mapToInt(part -> part.length).sum();
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 2 + length);
    file.put(jpeg, 0, 2).put((byte) -1).put((byte) marker).putShort((short) length);
    for (byte[] part : content) {
      file.put(part);
    }
    return file.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** A PNG file of some chunks, and the one for its end. */
  static byte[] png(byte[]... chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    file.writeBytes(chunk("IEND"));
    return file.toByteArray();
  }

  /** The first chunk of a PNG file. */
  static byte[] header(int width, int height, int bits, int colours) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return chunk("IHDR", header.put((byte) bits).put((byte) colours).array());
  }

  /** The pixels of a PNG file, stored without compression: 0, then the samples, for each row. */
  static byte[] pixels(int... rows) {
    byte[] bytes = new byte[rows.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) rows[i];
    }
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return chunk("IDAT", Arrays.copyOf(out, length));
  }

  /** A chunk of a PNG file with its checksum. */
  static byte[] chunk(String type, byte... content) {
    ByteBuffer chunk = ByteBuffer.allocate(content.length + 12).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, content.length + 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  /** A copy of a PNG file with the right checksums, as far as it has chunks. */
  static byte[] withChecksums(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png.clone());
    int at = 8;
    while (at + 12 <= png.length) {
      int end = at + 8 + file.getInt(at);
      if (end < at + 8 || end > png.length - 4) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file.array(), at + 4, end - at - 4);
      file.putInt(end, (int) crc.getValue());
      at = end + 4;
    }
    return file.array();
  }
}
