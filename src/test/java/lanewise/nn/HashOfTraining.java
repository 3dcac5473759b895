package lanewise.nn;

import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/** Trains a small network and prints the hash of its weights: for JVMs with other options. */
final class HashOfTraining {
  private static final int BATCH = 64;

  private HashOfTraining() {}

  /** Arguments: scalar or simd, threads, rows. */
  public static void main(String[] args) {
    Kernels kernels = args[0].equals("simd") ? Kernels.simd() : Kernels.scalar();
    String hash = train(kernels, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.out.println("lanes=" + kernels.lanes());
    System.out.println("hash=" + hash);
  }

  /**
   * Two epochs; layers narrower and wider than vectors, none a multiple, and a short last batch.
   */
  static String train(Kernels kernels, int threads, int rows) {
    Samples samples = TestRows.digits(rows);
    Mlp net = Mlp.glorot(9, 784, 64, 33, 10);
    try (Workers workers = new Workers(threads)) {
      Trainer trainer = new Trainer(net, samples, BATCH, 2, kernels, workers);
      trainer.epoch(learnt -> true);
      trainer.epoch(learnt -> true);
      Evaluation evaluation = new Evaluator(kernels, workers).evaluate(net, samples);
      return net.sha256() + " " + evaluation.loss();
    }
  }
}
