package lanewise.kernel;

/** Working memory of a kernel call, kept by each thread so that a warm call allocates nothing. */
final class Scratch {
  private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[0]);

  private Scratch() {}

  /** At least {@code count} floats of any content, this thread's until its next call. */
  static float[] floats(int count) {
    float[] floats = FLOATS.get();
    if (floats.length < count) {
      floats = new float[count];
      FLOATS.set(floats);
    }
    return floats;
  }
}
