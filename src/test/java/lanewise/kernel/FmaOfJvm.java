package lanewise.kernel;

/** The hard cases of {@link FmaTest} as a program, for JVMs without the instruction. */
final class FmaOfJvm {
  private FmaOfJvm() {}

  public static void main(String[] args) {
    FmaTest test = new FmaTest();
    test.hardValuesInEveryCombination();
    test.sumsNextToHalfwayCases();
    System.out.println("fused=" + Fma.FUSED);
  }
}
