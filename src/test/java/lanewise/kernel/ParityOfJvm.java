package lanewise.kernel;

/** The parity tests as a program, for JVMs with other vector widths. */
final class ParityOfJvm {
  private ParityOfJvm() {}

  public static void main(String[] args) {
    ProductParityTest products = new ProductParityTest();
    RowParityTest rows = new RowParityTest();
    for (Values values : Values.values()) {
      products.forward(values);
      products.backward(values);
      products.update(values);
      rows.updateBias(values);
      rows.softmax(values);
      rows.softmaxDeltaAndCrossEntropy(values);
    }
    products.largeProducts();
    products.rowsThatAliasInTheCache(512);
    products.rowsThatAliasInTheCache(1024);
    new SparseParityTest().forward();
    new SparseParityTest().update();
    new SparseParityTest().forwardSkippingZeros();
    StepParityTest steps = new StepParityTest();
    for (Step.Rule rule : Step.Rule.values()) {
      steps.update(rule);
      steps.updateSparse(rule);
      steps.updateBias(rule);
      steps.largeProducts(rule);
    }
    new ExpTest().allFloatsAreAccurateAndTheSameInBothEngines();
    new TanhTest().allFloatsAreAccurateAndTheSameInBothEngines();
    new TanhTest().rowsOfAnyWidthAndDistance();
    System.out.println("equal=" + Kernels.simd().lanes());
  }
}
