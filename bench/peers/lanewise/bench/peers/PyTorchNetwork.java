package lanewise.bench.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import lanewise.bench.epochs.EpochData;

/**
 * The reference network in PyTorch through DJL, with autograd. Threads are set by {@code
 * -Dai.djl.pytorch.num_threads}.
 */
final class PyTorchNetwork {
  final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  private final Engine engine = Engine.getEngine("PyTorch");

  /** w0 (256,784), b0, w1, b1, ...: PyTorch's weights are (out, in). */
  private final NDArray[] parameters = new NDArray[2 * (EpochData.SIZES.length - 1)];

  /**
   * @param initial in the layout of {@link EpochData#parameters}
   */
  PyTorchNetwork(float[] initial) {
    for (int layer = 0; layer < parameters.length / 2; layer++) {
      int in = EpochData.SIZES[layer];
      int out = EpochData.SIZES[layer + 1];
      int at = EpochData.weightsAt(layer);
      float[] transposed = new float[in * out];
      for (int i = 0; i < transposed.length; i++) {
        transposed[i % out * in + i / out] = initial[at + i];
      }
      parameters[2 * layer] = manager.create(transposed, new Shape(out, in));
      at += in * out;
      parameters[2 * layer + 1] =
          manager.create(Arrays.copyOfRange(initial, at, at + out), new Shape(out));
    }
    for (NDArray parameter : parameters) {
      parameter.setRequiresGradient(true);
    }
  }

  /** Versions, for readers of the figures. */
  String setting() {
    return "PyTorch %s by DJL %s, float32, autograd"
        .formatted(engine.getVersion(), Engine.getDjlVersion());
  }

  NDArray logits(NDArray batch) {
    NDArray h = batch;
    for (int i = 0; i < parameters.length; i += 2) {
      h = Linear.linear(h, parameters[i], parameters[i + 1]).singletonOrThrow();
      if (i + 2 < parameters.length) {
        h = Activation.relu(h);
      }
    }
    return h;
  }

  /**
   * Takes one step.
   *
   * @param step owns the batch and what the step creates
   * @param loss of the logits
   */
  void step(NDManager step, NDArray batch, UnaryOperator<NDArray> loss, Optimizer optimizer) {
    try (GradientCollector collector = engine.newGradientCollector()) {
      collector.backward(loss.apply(logits(batch)));
    }
    for (int i = 0; i < parameters.length; i++) {
      NDArray gradient = parameters[i].getGradient();
      gradient.attach(step);
      optimizer.update("p" + i, parameters[i], gradient);
    }
  }

  static NDArray slice(NDArray array, int from, int to, NDManager owner) {
    NDArray part = array.get(new NDIndex().addSliceDim(from, to));
    part.attach(owner);
    return part;
  }

  /** The share of rows whose largest logit is that of the expected class. */
  static double accuracy(NDArray logits, int[] expected) {
    long[] read = logits.argMax(1).toLongArray();
    int right = 0;
    for (int i = 0; i < expected.length; i++) {
      right += read[i] == expected[i] ? 1 : 0;
    }
    return (double) right / expected.length;
  }
}
