package lanewise.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import lanewise.data.DataException;
import lanewise.data.InputFiles;

/**
 * Reads PNG, JPEG and BMP, recognised by their first bytes, whatever the name says. Sizes are read
 * from the header and checked before anything is unpacked, so a small file cannot ask for much
 * memory. Colour profiles are ignored: they matter little to what is ink and what is not. So is a
 * camera's note that an image lies on its side (EXIF orientation). What is transparent is white.
 */
public final class ImageDecoder {
  /** The largest file that is read, in bytes. */
  static final int MAX_BYTES = 1 << 27;

  /** The most pixels that are unpacked: a 60-megapixel photograph. */
  static final int MAX_PIXELS = 64_000_000;

  private static final int SIGNATURE = 4;

  private ImageDecoder() {}

  /**
   * Decodes one file.
   *
   * @param file a PNG, JPEG or BMP
   * @return its pixels in grey, transparent ones over white
   * @throws DataException if it cannot be opened, is no PNG, JPEG or BMP, is damaged, or larger
   *     than what is read
   */
  public static GreyImage read(Path file) throws DataException {
    try (InputStream in = InputFiles.open(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    }
  }

  /**
   * Decodes one image.
   *
   * @param in read up to the end of the file; not closed
   * @param name of the file, for messages
   * @return its pixels in grey, transparent ones over white
   * @throws DataException if it is no PNG, JPEG or BMP, is damaged, or larger than what is read
   */
  public static GreyImage read(InputStream in, String name) throws DataException {
    try {
      byte[] file = in.readNBytes(MAX_BYTES + 1);
      if (file.length > MAX_BYTES) {
        throw new DataException(
            "%s: a file of more than %d MB, too large for an image"
                .formatted(name, MAX_BYTES >> 20));
      }
      return decode(file, format(file, name), name);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Tells images from other files by name alone.
   *
   * @param name of a file
   * @return whether it ends in .png, .jpg, .jpeg or .bmp, in upper or lower case
   */
  public static boolean isImageName(String name) {
    return name.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|bmp)");
  }

  private static String format(byte[] file, String name) throws DataException {
    if (file.length == 0) {
      throw new DataException(name + ": empty file");
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    if (startsWith(file, 0xff, 0xd8, 0xff)) {
      return "jpeg";
    }
    if (startsWith(file, 'B', 'M')) {
      return "bmp";
    }
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < Math.min(SIGNATURE, file.length); i++) {
      start.append(" %02x".formatted(file[i] & 255));
    }
    throw new DataException(
        "%s: not a PNG, JPEG or BMP image: it begins with%s".formatted(name, start));
  }

  private static boolean startsWith(byte[] file, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= file.length || (file[i] & 255) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static GreyImage decode(byte[] file, String format, String name) throws DataException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      // Metadata unread: text chunks of a PNG may be packed a thousandfold.
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1 || height < 1) {
        throw new DataException("%s: %d x %d pixels".formatted(name, width, height));
      }
      if ((long) width * height > MAX_PIXELS) {
        throw new DataException(
            "%s: %d x %d pixels, more than the %d million that are read"
                .formatted(name, width, height, MAX_PIXELS / 1_000_000));
      }
      return grey(reader.read(0));
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's readers answer some damaged files with an IndexOutOfBoundsException or others.
      throw new DataException(
          "%s: damaged %s: %s".formatted(name, format.toUpperCase(Locale.ROOT), reason(e)), e);
    } catch (OutOfMemoryError e) { // One array that was too much; what there is still serves.
      throw new DataException(name + ": not enough memory to unpack it: give Java more", e);
    } finally {
      reader.dispose();
    }
  }

  private static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return "it ends early";
      }
    }
    return e instanceof IOException && e.getMessage() != null
        ? e.getMessage()
        : "its parts do not fit together";
  }

  private static GreyImage grey(BufferedImage image) {
    int width = image.getWidth();
    byte[] pixels = new byte[width * image.getHeight()];
    for (int y = 0; y < image.getHeight(); y++) {
      row(image, y, pixels, y * width);
    }
    return new GreyImage(width, image.getHeight(), pixels);
  }

  /**
   * One row. Samples of greys and colours are taken as they stand in the file: {@link
   * BufferedImage#getRGB} would take greys for linear light and brighten them.
   */
  private static void row(BufferedImage image, int y, byte[] pixels, int at) {
    int width = image.getWidth();
    ColorModel colours = image.getColorModel();
    if (colours instanceof ComponentColorModel && isPlain(image.getRaster())) {
      Raster raster = image.getRaster();
      int bands = raster.getNumBands();
      int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
      int most = (1 << colours.getComponentSize(0)) - 1;
      for (int x = 0; x < width; x++) {
        pixels[at + x] = (byte) grey(samples, x * bands, bands, most);
      }
      return;
    }
    int[] argb = image.getRGB(0, y, width, 1, null, 0, width);
    for (int x = 0; x < width; x++) {
      int c = argb[x];
      pixels[at + x] = (byte) GreyImage.grey(c >> 16 & 255, c >> 8 & 255, c & 255, c >>> 24);
    }
  }

  /** Grey, grey with alpha, RGB or RGB with alpha: all that the three formats have. */
  private static boolean isPlain(Raster raster) {
    return raster.getNumBands() <= 4 && raster.getSampleModel().getSampleSize(0) <= 16;
  }

  private static int grey(int[] samples, int at, int bands, int most) {
    int first = to8Bits(samples[at], most);
    boolean alpha = bands % 2 == 0;
    int opacity = alpha ? to8Bits(samples[at + bands - 1], most) : 255;
    return bands < 3
        ? GreyImage.grey(first, first, first, opacity)
        : GreyImage.grey(
            first, to8Bits(samples[at + 1], most), to8Bits(samples[at + 2], most), opacity);
  }

  private static int to8Bits(int sample, int most) {
    return most == 255 ? sample : (int) ((510L * sample + most) / (2L * most));
  }
}
