package lanewise.nn;

import lanewise.random.RowRandom;

/**
 * Distorts square grey images at random, so that a network sees new ones in each epoch: rotated,
 * scaled, sheared and shifted, plus an elastic distortion (Simard, Steinkraus and Platt, Best
 * practices for convolutional neural networks applied to visual document analysis, 2003).
 *
 * <p>A distorted image depends on the seed, the epoch, the row and the pixels alone, and has the
 * same bits on every machine: basic operations on doubles give the positions, rounded to integers,
 * and integers give the pixels. The amounts are in pixels and chosen for MNIST.
 *
 * <p>Immutable; each thread brings its own {@link Buffers}.
 */
final class Augmentation {
  private static final int MIN_SIDE = 8;

  /** Positions in larger images would still fit into an int, but the elastic field takes 6 MB. */
  private static final int MAX_SIDE = 1024;

  /**
   * The tangent of half the largest angle, 8 degrees. A uniform tangent gives a uniform angle to
   * within 0.5 %, and its sine and cosine take no library function, which could differ in the last
   * bit or allocate.
   */
  private static final double HALF_ROTATION = 0.0699268;

  private static final double SCALE = 0.1;
  private static final double SHEAR = 0.1;
  private static final double SHIFT_PIXELS = 1;

  /**
   * How far rotation, scale and shear may move a corner outwards along an axis, relative to its
   * distance from the centre: SCALE + SHEAR + sin(8 degrees) * (1 + SCALE), rounded up.
   */
  private static final double LARGEST_MOVE = 0.36;

  /** Places of a window along an axis of the elastic field: for MNIST, it is 256 x 256. */
  private static final int PLACES = 229;

  /** Positions are integers: pixels times 2^16. */
  private static final int POSITION_BITS = ElasticField.FRACTION_BITS;

  private static final int PIXEL = 1 << POSITION_BITS;

  /** Weights of pixels are integers from 0 to 2^8, so that 16 bits hold a weighted pixel. */
  private static final int WEIGHT_BITS = 8;

  private static final int LESS_BITS = POSITION_BITS - WEIGHT_BITS;
  private static final int FRACTION = (1 << WEIGHT_BITS) - 1;
  private static final int HALF = 1 << 2 * WEIGHT_BITS - 1;

  private final int side;
  private final long seed;
  private final ElasticField elastic;

  /** Blank pixels on each side of the source: every position is inside, without a comparison. */
  private final int border;

  /** Returns whether rows of {@code inputs} values are square images that can be distorted. */
  static boolean fits(int inputs) {
    int side = (int) Math.sqrt(inputs);
    return side * side == inputs && side >= MIN_SIDE && side <= MAX_SIDE;
  }

  /**
   * Draws the elastic field.
   *
   * @param side the images' width and height, for which {@code fits(side * side)}
   * @param seed of all distortions
   */
  Augmentation(int side, long seed) {
    if (side < MIN_SIDE || side > MAX_SIDE) {
      throw new IllegalArgumentException(
          "images are " + MIN_SIDE + " to " + MAX_SIDE + " pixels wide, not " + side);
    }
    this.side = side;
    this.seed = seed;
    this.elastic = new ElasticField(side + PLACES - 1, seed);
    double largestMove =
        LARGEST_MOVE * (side - 1) / 2 + SHIFT_PIXELS + (double) elastic.largest() / PIXEL;
    // One more for the right and lower neighbours, and one for what rounding adds.
    this.border = (int) Math.ceil(largestMove) + 2;
  }

  /**
   * Distorts one image of side x side bytes.
   *
   * @param from the image, row by row, from {@code fromOffset} on
   * @param to receives the distorted image from {@code toOffset} on; may be {@code from}
   * @param epoch from 0
   * @param row of the image in its data set
   * @param mine the calling thread's
   */
  void apply(
      byte[] from, int fromOffset, byte[] to, int toOffset, long epoch, int row, Buffers mine) {
    pack(from, fromOffset, mine.pairs);
    mine.random.restart(seed, epoch);
    mine.random.restart(mine.random.nextLong(), row);
    mine.draw();
    resample(mine, to, toOffset);
  }

  /** Packs each pixel with its lower neighbour, which has the upper 16 bits. */
  private void pack(byte[] from, int fromOffset, int[] pairs) {
    int stride = stride();
    int above = (border - 1) * stride + border;
    for (int x = 0; x < side; x++) {
      pairs[above + x] = (from[fromOffset + x] & 255) << 16;
    }
    for (int y = 0; y < side - 1; y++) {
      int pair = above + (y + 1) * stride;
      int pixel = fromOffset + y * side;
      for (int x = 0; x < side; x++) {
        pairs[pair + x] = from[pixel + x] & 255 | (from[pixel + side + x] & 255) << 16;
      }
    }
    int last = above + side * stride;
    int pixel = fromOffset + (side - 1) * side;
    for (int x = 0; x < side; x++) {
      pairs[last + x] = from[pixel + x] & 255;
    }
  }

  /** Computes each pixel from the four around its position in the source, bilinearly. */
  private void resample(Buffers mine, byte[] to, int toOffset) {
    double centre = (side - 1) / 2.0;
    int startX = position(border + centre + mine.shiftX - centre * (mine.xx + mine.xy));
    int startY = position(border + centre + mine.shiftY - centre * (mine.yx + mine.yy));
    int xx = position(mine.xx);
    int xy = position(mine.xy);
    int yx = position(mine.yx);
    int yy = position(mine.yy);
    for (int y = 0; y < side; y++) {
      resampleRow(
          mine,
          startX + y * xy,
          startY + y * yy,
          xx,
          yx,
          mine.windowX + y * elastic.size(),
          mine.windowY + y * elastic.size(),
          to,
          toOffset + y * side);
    }
  }

  private void resampleRow(
      Buffers mine,
      int startX,
      int startY,
      int stepX,
      int stepY,
      int windowX,
      int windowY,
      byte[] to,
      int toOffset) {
    int[] pairs = mine.pairs;
    int[] displacements = elastic.displacements();
    int stride = stride();
    for (int i = 0; i < side; i++) {
      int x = startX + i * stepX + displacements[windowX + i];
      int y = startY + i * stepY + displacements[windowY + i];
      int cell = (y >> POSITION_BITS) * stride + (x >> POSITION_BITS);
      int left = pairs[cell];
      int right = pairs[cell + 1];
      // Both halves at once: a borrow that the difference takes from the upper one is given back.
      int pair = (left << WEIGHT_BITS) + (right - left) * (x >> LESS_BITS & FRACTION);
      int upper = pair & 0xFFFF;
      int lower = pair >>> 16;
      int sum = (upper << WEIGHT_BITS) + (lower - upper) * (y >> LESS_BITS & FRACTION);
      to[toOffset + i] = (byte) (sum + HALF >> 2 * WEIGHT_BITS);
    }
  }

  private int stride() {
    return side + 2 * border;
  }

  private static int position(double pixels) {
    return (int) Math.round(pixels * PIXEL);
  }

  /** What one thread needs for an image at a time. */
  static final class Buffers {
    private final RowRandom random = new RowRandom();
    private final int fieldSize;

    /** Pixels with their lower neighbours, and the border, which stays blank. */
    private final int[] pairs;

    // The position in the source of a pixel's place, both from the centre, is the matrix
    // (xx xy; yx yy) times the place, plus the shift.
    private double xx;
    private double xy;
    private double yx;
    private double yy;
    private double shiftX;
    private double shiftY;

    // Where the windows of the elastic field start, which displace along x and along y.
    private int windowX;
    private int windowY;

    Buffers(Augmentation augmentation) {
      this.fieldSize = augmentation.elastic.size();
      this.pairs = new int[augmentation.stride() * augmentation.stride()];
    }

    /** Draws a distortion: scaled and sheared, then rotated. */
    private void draw() {
      double tangent = random.uniform(-HALF_ROTATION, HALF_ROTATION);
      double cos = (1 - tangent * tangent) / (1 + tangent * tangent);
      double sin = 2 * tangent / (1 + tangent * tangent);
      double scaleX = random.uniform(1 - SCALE, 1 + SCALE);
      double scaleY = random.uniform(1 - SCALE, 1 + SCALE);
      double shear = random.uniform(-SHEAR, SHEAR);
      xx = cos * scaleX;
      xy = cos * shear - sin * scaleY;
      yx = sin * scaleX;
      yy = sin * shear + cos * scaleY;
      shiftX = random.uniform(-SHIFT_PIXELS, SHIFT_PIXELS);
      shiftY = random.uniform(-SHIFT_PIXELS, SHIFT_PIXELS);
      windowX = window();
      windowY = window();
    }

    private int window() {
      return random.below(PLACES) * fieldSize + random.below(PLACES);
    }
  }
}
