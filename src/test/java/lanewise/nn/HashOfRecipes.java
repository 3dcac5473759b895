package lanewise.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import lanewise.io.Sha256;

/**
 * Trains a small network by each optimizer with everything on that a recipe can have, and prints
 * the hashes of weights and moments: for JVMs with other options.
 */
final class HashOfRecipes {
  static final int EPOCHS = 3;
  private static final int ROWS = 150;

  private HashOfRecipes() {}

  /** Arguments: an engine, threads. */
  public static void main(String[] args) {
    Engine engine = Engine.valueOf(args[0].toUpperCase(Locale.ROOT));
    System.out.println("lanes=" + engine.lanes());
    train(engine, Integer.parseInt(args[1]))
        .forEach((key, hash) -> System.out.println(key + "=" + hash));
  }

  /** The hash for each key. */
  static Map<String, String> train(Engine engine, int threads) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Optimizer.Kind kind : Optimizer.Kind.values()) {
      for (Shuffle shuffle : new Shuffle[] {Shuffle.ROWS, Shuffle.GROUPS}) {
        Mlp net = net();
        Trainer.Builder settings = everything(net, kind, shuffle).engine(engine).threads(threads);
        hashes.put(key(kind, shuffle), train(net, samples(), settings));
      }
    }
    return hashes;
  }

  static String key(Optimizer.Kind kind, Shuffle shuffle) {
    return kind + "-" + shuffle;
  }

  /** Layers narrower and wider than vectors, none a multiple. */
  static Mlp net() {
    return Mlp.glorot(9, 784, 64, 33, 10);
  }

  static Samples samples() {
    return TestRows.digits(ROWS);
  }

  /**
   * Batches that end short, a warm-up of a fraction of an epoch, and random choices of all kinds.
   */
  static Trainer.Builder everything(Mlp net, Optimizer.Kind kind, Shuffle shuffle) {
    return Trainer.builder(net)
        .batchSize(64)
        .learningRate(kind.states() == 2 ? 0.003 : 0.05)
        .optimizer(Optimizer.of(kind).withWeightDecay(0.01))
        .schedule(new Schedule(Schedule.Shape.COSINE, 0.75))
        .shuffle(shuffle)
        .seed(77)
        .labelSmoothing(0.1)
        .dropout(0.25)
        .augment(true);
  }

  static String train(Mlp net, Samples samples, Trainer.Builder settings) {
    TrainingState[] last = new TrainingState[1];
    settings.build().fit(samples, EPOCHS, epoch -> last[0] = epoch.state());
    return hash(net, last[0]);
  }

  static String hash(Mlp net, TrainingState state) {
    Sha256 hash = new Sha256();
    add(hash, net.parameters());
    for (float[] moments : state.moments()) {
      add(hash, moments);
    }
    return hash.hex();
  }

  private static void add(Sha256 hash, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    hash.add(bytes);
  }
}
