package lanewise.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import lanewise.bench.epochs.EpochData;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.nn.Samples;
import lanewise.nn.Schedule;

/**
 * Time to accuracy of PyTorch through DJL, see {@link lanewise.bench.accuracy.Entry}: the recipe of
 * bench/accuracy_peers.py with DJL's Adam; arguments: the directory with MNIST, the seed.
 */
public final class PyTorchAccuracy {
  private static final int EPOCHS = 4;
  private static final double RATE = 0.003;
  private static final float BETA2 = 0.99f;
  private static final float SMOOTHING = 0.05f;
  private static final Schedule SCHEDULE = new Schedule(Schedule.Shape.LINEAR, 0.1 * EPOCHS);

  private final Random random;
  private final PyTorchNetwork net;

  private PyTorchAccuracy(long seed) {
    random = new Random(seed);
    net = new PyTorchNetwork(he());
  }

  /** He's initial weights, in the layout of {@link EpochData#parameters}. */
  private float[] he() {
    int layers = EpochData.SIZES.length - 1;
    float[] parameters = new float[EpochData.weightsAt(layers)];
    for (int layer = 0; layer < layers; layer++) {
      int in = EpochData.SIZES[layer];
      int at = EpochData.weightsAt(layer);
      for (int i = 0; i < in * EpochData.SIZES[layer + 1]; i++) {
        parameters[at + i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / in));
      }
    }
    return parameters;
  }

  private void learn(Samples samples) {
    int rows = samples.rows();
    int stepsPerEpoch = Math.ceilDiv(rows, EpochData.BATCH);
    Tracker rate =
        step -> (float) (RATE * SCHEDULE.factor(Math.max(1, step), stepsPerEpoch, EPOCHS));
    Optimizer adam = Optimizer.adam().optLearningRateTracker(rate).optBeta2(BETA2).build();
    NDArray x = rows(samples);
    NDArray targets = targets(samples);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      try (NDManager shuffled = net.manager.newSubManager()) {
        NDArray order = shuffled.create(permutation(rows));
        NDArray epochX = x.get(order);
        epochX.attach(shuffled);
        NDArray epochTargets = targets.get(order);
        epochTargets.attach(shuffled);
        for (int from = 0; from < rows; from += EpochData.BATCH) {
          step(epochX, epochTargets, from, Math.min(rows, from + EpochData.BATCH), adam);
        }
      }
    }
  }

  private void step(NDArray x, NDArray targets, int from, int to, Optimizer adam) {
    try (NDManager step = net.manager.newSubManager()) {
      NDArray batch = PyTorchNetwork.slice(x, from, to, step);
      NDArray target = PyTorchNetwork.slice(targets, from, to, step);
      net.step(step, batch, logits -> logits.logSoftmax(1).mul(target).sum().div(from - to), adam);
    }
  }

  private long[] permutation(int rows) {
    long[] order = new long[rows];
    Arrays.setAll(order, row -> row);
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long row = order[i];
      order[i] = order[other];
      order[other] = row;
    }
    return order;
  }

  private NDArray rows(Samples samples) {
    float[] values = new float[samples.rows() * samples.width()];
    samples.copyRows(0, samples.rows(), values, 0);
    return net.manager.create(values, new Shape(samples.rows(), samples.width()));
  }

  /** Smoothed labels (rows,10). */
  private NDArray targets(Samples samples) {
    int classes = EpochData.SIZES[EpochData.SIZES.length - 1];
    float[] values = new float[samples.rows() * classes];
    Arrays.fill(values, SMOOTHING / classes);
    for (int row = 0; row < samples.rows(); row++) {
      values[row * classes + samples.label(row)] += 1 - SMOOTHING;
    }
    return net.manager.create(values, new Shape(samples.rows(), classes));
  }

  private double accuracy(Samples samples) {
    int[] expected = new int[samples.rows()];
    Arrays.setAll(expected, samples::label);
    return PyTorchNetwork.accuracy(net.logits(rows(samples)), expected);
  }

  public static void main(String[] args) throws DataException {
    Dataset data = DataSource.directory(Path.of(args[0]));
    PyTorchAccuracy contestant = new PyTorchAccuracy(Long.parseLong(args[1]));
    System.out.println("ready " + contestant.net.setting());
    contestant.learn(data.train());
    System.out.println("Test Accuracy: %.2f%%".formatted(100 * contestant.accuracy(data.test())));
  }
}
