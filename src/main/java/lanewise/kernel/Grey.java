package lanewise.kernel;

/** What a grey byte stands for as an input value. */
public final class Grey {
  private static final float[] UNIT = new float[256];

  static {
    for (int grey = 0; grey < UNIT.length; grey++) {
      UNIT[grey] = grey / 255f;
    }
  }

  private Grey() {}

  /** {@code (grey & 255) / 255}, rounded once. */
  public static float unit(int grey) {
    return UNIT[grey & 255];
  }
}
