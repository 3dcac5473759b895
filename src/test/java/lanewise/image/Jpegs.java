package lanewise.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files that {@link ImageIO#write} does not write. */
final class Jpegs {
  private Jpegs() {}

  /** An image that sharpens as it loads, or one that does not. */
  static byte[] of(BufferedImage image, boolean progressive) throws IOException {
    return write(
        new IIOImage(image, null, null),
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
  }

  /** Samples as they are, of any number of colours. */
  static byte[] of(Raster samples) throws IOException {
    return write(new IIOImage(samples, null, null), ImageWriteParam.MODE_DISABLED);
  }

  private static byte[] write(IIOImage image, int progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
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
}
