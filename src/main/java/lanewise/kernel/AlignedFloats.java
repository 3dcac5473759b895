package lanewise.kernel;

/**
 * Arrays for matrices that the tiles read many times, of which every row begins on a cache line:
 * elsewhere in an array, most vectors straddle two lines, which makes the products over lists a
 * third slower.
 *
 * <p>Java does not say where an array lies. But G1 puts one of at least half a region at the
 * beginning of a region, and its elements begin 16 bytes later; so the matrix begins at index 12 of
 * an array that is long enough. With {@code -XX:ObjectAlignmentInBytes=64}, every collector puts
 * every array so. Otherwise they place arrays anywhere: then this costs nothing and gains nothing.
 */
public final class AlignedFloats {
  /** Floats in a cache line of 64 bytes. */
  private static final int LINE = 16;

  /** Floats from the elements' beginning to the next cache line. */
  static final int OFFSET = 12;

  /** Rows whose distance is a multiple of 512 bytes evict each other from a cache. */
  private static final int ALIAS = 128;

  /** Floats in half a region of G1; 0 with another collector. */
  private static final long HALF_REGION =
      Long.parseLong(HotSpot.option("G1HeapRegionSize", "0")) / 2 / Float.BYTES;

  private final float[] array;

  private AlignedFloats(float[] array) {
    this.array = array;
  }

  /**
   * Allocates zeros.
   *
   * @param count how many floats are used, from {@link #offset} on
   * @return a new array
   * @throws IllegalArgumentException if no array can hold them
   */
  public static AlignedFloats of(long count) {
    long length = Math.max(count + OFFSET, HALF_REGION);
    if (count < 0 || length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("no array can hold %d floats".formatted(count));
    }
    return new AlignedFloats(new float[(int) length]);
  }

  /**
   * Allocates working memory of a thread, in which lines begin as in an aligned array if that takes
   * at most four times the memory: a server may have hundreds of threads.
   */
  static float[] scratch(int count) {
    return new float[(int) (count >= HALF_REGION / 4 ? Math.max(count, HALF_REGION) : count)];
  }

  /**
   * Returns the row length for rows of {@code columns} floats.
   *
   * @param columns 0 or more
   * @return at least {@code columns}: whole cache lines, but not such that rows evict each other
   */
  public static int rowLength(int columns) {
    int whole = Math.ceilDiv(columns, LINE) * LINE;
    return whole % ALIAS == 0 ? whole + LINE : whole;
  }

  /**
   * Returns the array.
   *
   * @return the array itself; longer than what was asked for
   */
  public float[] array() {
    return array;
  }

  /**
   * Returns where to begin.
   *
   * @return the index of the first float that is used
   */
  public int offset() {
    return OFFSET;
  }
}
