package lanewise.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import lanewise.data.DataException;

/** Decodes with ImageIO. The only class here that needs the module {@code java.desktop}. */
final class ImageIoReader {
  private ImageIoReader() {}

  /**
   * Decodes an image.
   *
   * @param file content of the file
   * @param format recognised by its first bytes
   * @param name file name for messages
   */
  static GreyImage decode(byte[] file, ImageFormat format, String name) throws DataException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(format.checked(file)))) {
      // Ignore metadata: a PNG may compress text chunks a thousandfold.
      reader.setInput(in, true, true);
      // The JPEG reader fills what is missing or damaged with grey, and only warns; and libjpeg
      // warns only once of each file, so that none of its warnings can be passed over.
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1 || height < 1) {
        throw new DataException("%s: %d x %d pixels".formatted(name, width, height));
      }
      if ((long) width * height > ImageDecoder.MAX_PIXELS) {
        throw new DataException(
            "%s: %d x %d pixels, expected at most %d million"
                .formatted(name, width, height, ImageDecoder.MAX_PIXELS / 1_000_000));
      }
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw new IIOException(warnings.getFirst());
      }
      return grey(image);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw IndexOutOfBoundsException and others for some damaged files.
      throw new DataException(
          "%s: damaged or unsupported %s: %s".formatted(name, format, reason(e)), e);
    } catch (OutOfMemoryError e) { // A single array was too large; the heap is still usable.
      throw new DataException(name + ": not enough memory to decode it; increase -Xmx", e);
    } finally {
      reader.dispose();
    }
  }

  private static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return "unexpected end of file";
      }
    }
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : "invalid content";
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
   * Converts one row. Plain samples are used as stored: {@link BufferedImage#getRGB} would treat
   * grey samples as linear light and brighten them.
   */
  private static void row(BufferedImage image, int y, byte[] pixels, int offset) {
    int width = image.getWidth();
    ColorModel colours = image.getColorModel();
    if (colours instanceof ComponentColorModel && isPlain(image)) {
      Raster raster = image.getRaster();
      int bands = raster.getNumBands();
      int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
      int max = (1 << colours.getComponentSize(0)) - 1;
      for (int x = 0; x < width; x++) {
        pixels[offset + x] = (byte) grey(samples, x * bands, bands, max);
      }
      return;
    }
    int[] argb = image.getRGB(0, y, width, 1, null, 0, width);
    for (int x = 0; x < width; x++) {
      int c = argb[x];
      pixels[offset + x] = (byte) GreyImage.grey(c >> 16 & 255, c >> 8 & 255, c & 255, c >>> 24);
    }
  }

  /** Whether the samples are grey or RGB, with or without alpha, of at most 16 bits; not CMYK. */
  private static boolean isPlain(BufferedImage image) {
    int colours = image.getColorModel().getColorSpace().getType();
    return (colours == ColorSpace.TYPE_GRAY || colours == ColorSpace.TYPE_RGB)
        && image.getSampleModel().getSampleSize(0) <= 16;
  }

  private static int grey(int[] samples, int offset, int bands, int max) {
    int first = to8Bits(samples[offset], max);
    boolean alpha = bands % 2 == 0;
    int opacity = alpha ? to8Bits(samples[offset + bands - 1], max) : 255;
    return bands < 3
        ? GreyImage.grey(first, first, first, opacity)
        : GreyImage.grey(
            first, to8Bits(samples[offset + 1], max), to8Bits(samples[offset + 2], max), opacity);
  }

  private static int to8Bits(int sample, int max) {
    return max == 255 ? sample : (int) ((510L * sample + max) / (2L * max));
  }
}
