package lanewise.kernel;

/** Prints which engine this JVM uses, and why. */
final class EngineOfJvm {
  private EngineOfJvm() {}

  public static void main(String[] args) {
    System.out.println("best=" + Kernels.best().name());
    System.out.println("lanes=" + Kernels.best().lanes());
    System.out.println("why=" + Kernels.simdUnavailableReason());
    try {
      System.out.println("simd=" + Kernels.simd().name());
    } catch (IllegalStateException e) {
      System.out.println("simd=" + e.getMessage());
    }
    float[] y = new float[2];
    float[] x = {1, 2};
    Kernels.best().forward(1, 2, 1, x, 0, 1, x, 0, 2, x, 0, y, 0, 2, Transfer.IDENTITY, false);
    System.out.println("y=" + y[0] + " " + y[1]);
  }
}
