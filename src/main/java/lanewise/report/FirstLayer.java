package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import lanewise.nn.Mlp;

/** The weights of each unit of the first layer as a small image, one byte per weight. */
final class FirstLayer {
  /** The limit of the page; Base64 adds a third to the bytes. */
  private static final int MAX_UNITS = 256;

  private static final int MAX_BYTES = 256 * 28 * 28;

  /** Smaller images are not worth showing. */
  private static final int MIN_SIDE = 8;

  private static final int ZERO = 128;

  private final int side;
  private final int[] units;
  private final int total;
  private final double[] norms;
  private final float largest;
  private final byte[] images;

  /**
   * Stores the images.
   *
   * @param side of the square images
   * @param units indices of the units shown, by descending norm
   * @param total number of units of the layer
   * @param norms Euclidean norms of the weights of the units shown
   * @param largest magnitude of a weight shown, encoded as 1 and 255; 128 is zero
   * @param images (units, side x side), row-major
   */
  private FirstLayer(
      int side, int[] units, int total, double[] norms, float largest, byte[] images) {
    this.side = side;
    this.units = units;
    this.total = total;
    this.norms = norms;
    this.largest = largest;
    this.images = images;
  }

  /**
   * Returns the side of the square image that a row forms; empty if the row is not a square or too
   * small.
   */
  static OptionalInt side(int inputs) {
    int side = (int) Math.round(Math.sqrt(inputs));
    return side >= MIN_SIDE && (long) side * side == inputs
        ? OptionalInt.of(side)
        : OptionalInt.empty();
  }

  /** The images of a network; null if its rows are not square images or are too large. */
  static FirstLayer of(Mlp net) {
    OptionalInt side = side(net.inputs());
    int count = Math.min(Math.min(net.width(1), MAX_UNITS), MAX_BYTES / net.inputs());
    if (side.isEmpty() || count == 0) {
      return null;
    }
    int total = net.width(1);
    double[] norms = norms(net);
    int[] units =
        IntStream.range(0, total)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer unit) -> norms[unit]).reversed())
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    float largest = 0;
    for (int unit : units) {
      for (int i = 0; i < net.inputs(); i++) {
        largest = Math.max(largest, Math.abs(weight(net, i, unit)));
      }
    }
    return new FirstLayer(
        side.getAsInt(),
        units,
        total,
        Arrays.stream(units).mapToDouble(unit -> norms[unit]).toArray(),
        largest,
        images(net, units, largest));
  }

  private static float weight(Mlp net, int input, int unit) {
    return net.parameters()[net.weightsOffset(0) + input * net.width(1) + unit];
  }

  /** Row by row, in the order of the weights (in, out) in memory. */
  private static double[] norms(Mlp net) {
    double[] squares = new double[net.width(1)];
    for (int i = 0; i < net.inputs(); i++) {
      for (int unit = 0; unit < squares.length; unit++) {
        double w = weight(net, i, unit);
        squares[unit] += w * w;
      }
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  private static byte[] images(Mlp net, int[] units, float largest) {
    byte[] images = new byte[units.length * net.inputs()];
    float scale = largest > 0 ? (ZERO - 1) / largest : 0;
    for (int u = 0; u < units.length; u++) {
      for (int i = 0; i < net.inputs(); i++) {
        int level = ZERO + Math.round(weight(net, i, units[u]) * scale);
        images[u * net.inputs() + i] = (byte) level;
      }
    }
    return images;
  }

  int[] units() {
    return units;
  }

  double[] norms() {
    return norms;
  }

  float largest() {
    return largest;
  }

  byte[] images() {
    return images;
  }

  /** Writes a JSON object. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("side", side);
    json.writeNumberField("total", total);
    json.writeFieldName("units");
    json.writeArray(units, 0, units.length);
    PageData.writeRounded(json, "norms", norms);
    json.writeNumberField("largest", largest);
    json.writeBinaryField("images", images);
    json.writeEndObject();
  }
}
