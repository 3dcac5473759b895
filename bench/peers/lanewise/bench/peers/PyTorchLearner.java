package lanewise.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.bench.epochs.EpochData;
import lanewise.bench.epochs.Learner;

/**
 * PyTorch through DJL: autograd, linear layers, softmax cross-entropy and SGD; argument: the
 * directory with the data. Threads are set by {@code -Dai.djl.pytorch.num_threads}.
 */
public final class PyTorchLearner implements Learner {
  private final Engine engine = Engine.getEngine("PyTorch");
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final NDArray x;
  private final NDArray labels;

  /** w0 (256,784), b0, w1, b1, ...: PyTorch's weights are (out, in). */
  private final NDArray[] parameters = new NDArray[2 * (EpochData.SIZES.length - 1)];

  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final int rows;

  private PyTorchLearner(EpochData data) {
    rows = data.rows();
    x = manager.create(data.floats(), new Shape(rows, EpochData.SIZES[0]));
    int[] classes = new int[rows];
    Arrays.setAll(classes, data::label);
    labels = manager.create(classes, new Shape(rows, 1));
    for (int layer = 0; layer < parameters.length / 2; layer++) {
      int in = EpochData.SIZES[layer];
      int out = EpochData.SIZES[layer + 1];
      int at = EpochData.weightsAt(layer);
      float[] transposed = new float[in * out];
      for (int i = 0; i < transposed.length; i++) {
        transposed[i % out * in + i / out] = data.parameters()[at + i];
      }
      parameters[2 * layer] = manager.create(transposed, new Shape(out, in));
      at += in * out;
      parameters[2 * layer + 1] =
          manager.create(Arrays.copyOfRange(data.parameters(), at, at + out), new Shape(out));
    }
    for (NDArray parameter : parameters) {
      parameter.setRequiresGradient(true);
    }
  }

  private NDArray logits(NDArray batch) {
    NDArray h = batch;
    for (int i = 0; i < parameters.length; i += 2) {
      h = Linear.linear(h, parameters[i], parameters[i + 1]).singletonOrThrow();
      if (i + 2 < parameters.length) {
        h = Activation.relu(h);
      }
    }
    return h;
  }

  @Override
  public void learn() {
    int whole = rows / EpochData.BATCH * EpochData.BATCH;
    learn(0, whole, EpochData.BATCH);
    learn(whole, rows, Math.max(1, rows - whole));
  }

  /** PyTorch's loss is the mean over a batch of m rows, so the rate is divided by m once more. */
  private void learn(int from, int to, int batch) {
    Optimizer sgd =
        Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed((float) (EpochData.LEARNING_RATE / batch)))
            .build();
    for (int start = from; start < to; start += batch) {
      try (NDManager step = manager.newSubManager()) {
        NDArray batchX = slice(x, start, start + batch, step);
        NDArray batchLabels = slice(labels, start, start + batch, step);
        try (GradientCollector collector = engine.newGradientCollector()) {
          NDArray mean = loss.evaluate(new NDList(batchLabels), new NDList(logits(batchX)));
          collector.backward(mean);
        }
        for (int i = 0; i < parameters.length; i++) {
          NDArray gradient = parameters[i].getGradient();
          gradient.attach(step);
          sgd.update("p" + i, parameters[i], gradient);
        }
      }
    }
  }

  private static NDArray slice(NDArray array, int from, int to, NDManager owner) {
    NDArray part = array.get(new NDIndex().addSliceDim(from, to));
    part.attach(owner);
    return part;
  }

  @Override
  public double[] evaluate() {
    try (NDManager all = manager.newSubManager()) {
      NDArray batch = slice(x, 0, rows, all);
      NDArray classes = slice(labels, 0, rows, all);
      NDArray logits = logits(batch);
      double mean = loss.evaluate(new NDList(classes), new NDList(logits)).toFloatArray()[0];
      long[] read = logits.argMax(1).toLongArray();
      int[] expected = classes.toIntArray();
      int right = 0;
      for (int i = 0; i < rows; i++) {
        right += read[i] == expected[i] ? 1 : 0;
      }
      return new double[] {mean * rows, (double) right / rows};
    }
  }

  public static void main(String[] args) throws IOException {
    EpochData data = EpochData.read(Path.of(args[0]));
    PyTorchLearner learner = new PyTorchLearner(data);
    Learner.serve(
        learner,
        "PyTorch %s by DJL %s, float32, autograd"
            .formatted(learner.engine.getVersion(), Engine.getDjlVersion()));
  }
}
