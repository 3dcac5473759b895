package lanewise.kernel;

/** The input values that grey bytes stand for. */
public final class Grey {
  private static final float[] UNIT = new float[256];

  static {
    for (int grey = 0; grey < UNIT.length; grey++) {
      UNIT[grey] = grey / 255f;
    }
  }

  private Grey() {}

  /**
   * Converts a grey byte to an input value.
   *
   * @param grey the byte in the lowest 8 bits; others are ignored
   * @return {@code (grey & 255) / 255f}, 0 to 1
   */
  public static float unit(int grey) {
    return UNIT[grey & 255];
  }
}
