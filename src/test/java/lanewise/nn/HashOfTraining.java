package lanewise.nn;

import java.util.Locale;

/** Trains a small network and prints the hash of its weights: for JVMs with other options. */
final class HashOfTraining {
  private static final int BATCH = 64;

  private HashOfTraining() {}

  /** Arguments: an engine, threads, rows. */
  public static void main(String[] args) {
    Engine engine = Engine.valueOf(args[0].toUpperCase(Locale.ROOT));
    String hash = train(engine, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.out.println("lanes=" + engine.lanes());
    System.out.println("hash=" + hash);
  }

  /**
   * Two epochs; layers narrower and wider than vectors, none a multiple, and a short last batch.
   */
  static String train(Engine engine, int threads, int rows) {
    Samples samples = TestRows.digits(rows);
    Mlp net = Mlp.glorot(9, 784, 64, 33, 10);
    Trainer trainer = TestTraining.trainer(net, BATCH, 2, engine, threads);
    trainer.fit(samples, 2);
    return net.sha256() + " " + trainer.evaluate(samples).loss();
  }
}
