package lanewise.kernel;

/** Working memory of a kernel call, cached per thread so that warm calls allocate nothing. */
final class Scratch {
  private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[0]);

  private Scratch() {}

  /** Returns at least {@code count} floats of undefined content, valid until the next call. */
  static float[] floats(int count) {
    float[] floats = FLOATS.get();
    if (floats.length < count) {
      floats = new float[count];
      FLOATS.set(floats);
    }
    return floats;
  }
}
