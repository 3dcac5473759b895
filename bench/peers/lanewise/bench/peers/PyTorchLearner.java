package lanewise.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
 * directory with the data.
 */
public final class PyTorchLearner implements Learner {
  private final PyTorchNetwork net;
  private final NDArray x;
  private final NDArray labels;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final int rows;

  private PyTorchLearner(EpochData data) {
    rows = data.rows();
    net = new PyTorchNetwork(data.parameters());
    x = net.manager.create(data.floats(), new Shape(rows, EpochData.SIZES[0]));
    int[] classes = new int[rows];
    Arrays.setAll(classes, data::label);
    labels = net.manager.create(classes, new Shape(rows, 1));
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
      try (NDManager step = net.manager.newSubManager()) {
        NDArray batchX = PyTorchNetwork.slice(x, start, start + batch, step);
        NDArray batchLabels = PyTorchNetwork.slice(labels, start, start + batch, step);
        net.step(
            step,
            batchX,
            logits -> loss.evaluate(new NDList(batchLabels), new NDList(logits)),
            sgd);
      }
    }
  }

  @Override
  public double[] evaluate() {
    try (NDManager all = net.manager.newSubManager()) {
      NDArray batch = PyTorchNetwork.slice(x, 0, rows, all);
      NDArray classes = PyTorchNetwork.slice(labels, 0, rows, all);
      NDArray logits = net.logits(batch);
      double mean = loss.evaluate(new NDList(classes), new NDList(logits)).toFloatArray()[0];
      return new double[] {mean * rows, PyTorchNetwork.accuracy(logits, classes.toIntArray())};
    }
  }

  public static void main(String[] args) throws IOException {
    PyTorchLearner learner = new PyTorchLearner(EpochData.read(Path.of(args[0])));
    Learner.serve(learner, learner.net.setting());
  }
}
