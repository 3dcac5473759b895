package lanewise.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import lanewise.data.DataException;
import lanewise.io.ReadErrors;
import lanewise.io.Reason;

/**
 * Decodes PNG, JPEG and BMP images to grey. The format is recognised by the first bytes, not by the
 * file name. The size is read from the header and checked before anything is decompressed, so a
 * small file cannot allocate much memory.
 *
 * <p>An image is refused rather than guessed at if a part of it is missing, the decoder warns of
 * its data, a checksum is wrong or the meaning of its colours is not certain.
 *
 * <p>Transparent pixels are blended with white. Colour profiles are ignored, as they hardly affect
 * the contrast between ink and paper; so is the EXIF orientation.
 */
public final class ImageDecoder {
  /** The maximum file size in bytes. */
  static final int MAX_BYTES = 1 << 27;

  /** The maximum number of pixels: enough for a 60-megapixel photograph. */
  static final int MAX_PIXELS = 64_000_000;

  private ImageDecoder() {}

  /**
   * Decodes one file.
   *
   * @param file a PNG, JPEG or BMP file of at most 128 MB and 64 million pixels
   * @return the image in grey
   * @throws DataException if the file cannot be read, has another format, is damaged or too large,
   *     or the module {@code java.desktop} is not available
   */
  public static GreyImage read(Path file) throws DataException {
    Objects.requireNonNull(file, "file");
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": a directory, expected a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException(ReadErrors.describe(file, e), e);
    }
  }

  /**
   * Decodes one image from a stream.
   *
   * @param in read to its end, at most 128 MB; not closed
   * @param name file name for messages
   * @return the image in grey
   * @throws DataException if the stream cannot be read, has another format, is damaged or too
   *     large, or the module {@code java.desktop} is not available
   */
  public static GreyImage read(InputStream in, String name) throws DataException {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(name, "name");
    try {
      byte[] file = in.readNBytes(MAX_BYTES + 1);
      if (file.length > MAX_BYTES) {
        throw new DataException(
            "%s: the file is larger than %d MB, too large for an image"
                .formatted(name, MAX_BYTES >> 20));
      }
      return ImageIoReader.decode(file, ImageFormat.of(file, name), name);
    } catch (NoClassDefFoundError e) {
      throw new DataException(name + ": decoding images needs the module java.desktop", e);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(name, Reason.of(e)), e);
    }
  }

  /**
   * Tells whether a file name has the extension of an image.
   *
   * @param name a file name or path
   * @return whether it ends in .png, .jpg, .jpeg or .bmp, in upper or lower case
   */
  public static boolean isImageName(String name) {
    return name.toLowerCase(Locale.ROOT).matches("(?s).*\\.(png|jpe?g|bmp)");
  }
}
