package lanewise.nn;

import java.util.Arrays;

/**
 * A network in double with textbook loops, independent of the engine; the reference run's training,
 * in which the batch mean is taken twice.
 */
final class Float64Reference {
  /** A value an epoch. */
  record Figures(double loss, double accuracy) {}

  private final int[] sizes;

  /** [layer][in][out]. */
  private final double[][][] weights;

  private final double[][] biases;
  private final double[][] rows;
  private final Activation activation;
  private final Task task;
  private final int[] labels;

  /** [row][output]; null for a classification. */
  private final double[][] targets;

  /** Of each class. */
  private double[] classWeights;

  /** [row][hidden layer][unit], what an activation is multiplied by; null for 1. */
  private double[][][] factors;

  /** Starts from a network's parameters as they are now. */
  Float64Reference(Mlp net, Samples samples) {
    int layers = net.layers();
    sizes = new int[layers + 1];
    weights = new double[layers][][];
    biases = new double[layers][];
    for (int layer = 0; layer <= layers; layer++) {
      sizes[layer] = net.width(layer);
    }
    int at = 0;
    for (int layer = 0; layer < layers; layer++) {
      weights[layer] = new double[sizes[layer]][sizes[layer + 1]];
      for (double[] row : weights[layer]) {
        at = copy(net.parameters(), at, row);
      }
      biases[layer] = new double[sizes[layer + 1]];
      at = copy(net.parameters(), at, biases[layer]);
    }
    float[] row = new float[samples.width()];
    rows = new double[samples.rows()][samples.width()];
    activation = net.activation();
    task = net.task();
    labels = new int[samples.rows()];
    targets = task == Task.REGRESS ? new double[samples.rows()][net.outputs()] : null;
    classWeights = new double[net.outputs()];
    Arrays.fill(classWeights, 1);
    for (int i = 0; i < rows.length; i++) {
      samples.copyRows(i, i + 1, row, 0);
      copy(row, 0, rows[i]);
      if (task == Task.CLASSIFY) {
        labels[i] = samples.label(i);
        continue;
      }
      for (int j = 0; j < targets[i].length; j++) {
        targets[i][j] = samples.target(i, j);
      }
    }
  }

  /** Multiplies the loss of each row by the weight of its label. */
  void weigh(double... weights) {
    classWeights = weights;
  }

  /** Multiplies activations: [row][hidden layer][unit]. */
  void multiply(double[][][] factors) {
    this.factors = factors;
  }

  private static int copy(float[] from, int at, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[at + i];
    }
    return at + to.length;
  }

  /** All parameters in the engine's order: w0, b0, w1, ... */
  double[] parameters() {
    double[] all = new double[0];
    for (int layer = 0; layer < weights.length; layer++) {
      for (double[] row : weights[layer]) {
        all = append(all, row);
      }
      all = append(all, biases[layer]);
    }
    return all;
  }

  private static double[] append(double[] head, double[] tail) {
    double[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  /** Adds to one parameter, by its index in the engine's order. */
  void add(int index, double change) {
    int at = index;
    for (int layer = 0; layer < weights.length; layer++) {
      int n = sizes[layer + 1];
      int inLayer = sizes[layer] * n;
      if (at < inLayer) {
        weights[layer][at / n][at % n] += change;
        return;
      }
      at -= inLayer;
      if (at < n) {
        biases[layer][at] += change;
        return;
      }
      at -= n;
    }
    throw new IndexOutOfBoundsException(index);
  }

  /** Returns the outputs of each layer for a row, before activation. */
  private double[][] forward(int row) {
    double[][] z = new double[weights.length][];
    double[] in = rows[row];
    for (int layer = 0; layer < weights.length; layer++) {
      z[layer] = biases[layer].clone();
      for (int p = 0; p < in.length; p++) {
        for (int j = 0; j < z[layer].length; j++) {
          z[layer][j] += in[p] * weights[layer][p][j];
        }
      }
      in = activated(z[layer]);
      for (int j = 0; j < in.length && factors != null && layer < weights.length - 1; j++) {
        in[j] *= factors[row][layer][j];
      }
    }
    return z;
  }

  private double[] activated(double[] z) {
    return Arrays.stream(z)
        .map(value -> activation == Activation.TANH ? Math.tanh(value) : Math.max(value, 0))
        .toArray();
  }

  private static double[] softmax(double[] z) {
    double max = Arrays.stream(z).max().getAsDouble();
    double[] e = Arrays.stream(z).map(value -> Math.exp(value - max)).toArray();
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(value -> value / sum).toArray();
  }

  /** Loss over all rows and, of a classification, accuracy. */
  Figures evaluate() {
    double loss = 0;
    int correct = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] last = forward(i)[weights.length - 1];
      if (task == Task.REGRESS) {
        for (int j = 0; j < last.length; j++) {
          loss += Math.pow(last[j] - targets[i][j], 2) / last.length;
        }
        continue;
      }
      double[] p = softmax(last);
      loss -= Math.log(p[labels[i]]) * classWeights[labels[i]];
      boolean highest = Arrays.stream(p).max().getAsDouble() == p[labels[i]];
      correct += highest ? 1 : 0;
    }
    return new Figures(loss, (double) correct / rows.length);
  }

  /** Returns the smallest distance of any hidden unit from the kink of ReLU, over all rows. */
  double distanceFromKinks() {
    double least = Double.MAX_VALUE;
    for (int row = 0; row < rows.length; row++) {
      double[][] z = forward(row);
      for (int layer = 0; layer < z.length - 1; layer++) {
        for (double value : z[layer]) {
          least = Math.min(least, Math.abs(value));
        }
      }
    }
    return least;
  }

  /** Trains a network that classifies, with ReLU, on all rows in batches. */
  void epoch(int batch, double learningRate) {
    for (int from = 0; from < rows.length; from += batch) {
      step(from, Math.min(rows.length, from + batch), learningRate);
    }
  }

  private void step(int from, int to, double learningRate) {
    int layers = weights.length;
    double[][][] dw = new double[layers][][];
    double[][] db = new double[layers][];
    for (int layer = 0; layer < layers; layer++) {
      dw[layer] = new double[sizes[layer]][sizes[layer + 1]];
      db[layer] = new double[sizes[layer + 1]];
    }
    int m = to - from;
    for (int i = from; i < to; i++) {
      double[][] z = forward(i);
      double[] dz = softmax(z[layers - 1]);
      dz[labels[i]] -= 1;
      for (int j = 0; j < dz.length; j++) {
        dz[j] /= m;
      }
      for (int layer = layers - 1; layer >= 0; layer--) {
        double[] in = layer == 0 ? rows[i] : activated(z[layer - 1]);
        double[] below = new double[in.length];
        for (int p = 0; p < in.length; p++) {
          for (int j = 0; j < dz.length; j++) {
            dw[layer][p][j] += in[p] * dz[j] / m;
            below[p] += layer > 0 && in[p] > 0 ? dz[j] * weights[layer][p][j] : 0;
          }
        }
        for (int j = 0; j < dz.length; j++) {
          db[layer][j] += dz[j] / m;
        }
        dz = below;
      }
    }
    for (int layer = 0; layer < layers; layer++) {
      for (int j = 0; j < sizes[layer + 1]; j++) {
        for (int p = 0; p < sizes[layer]; p++) {
          weights[layer][p][j] -= learningRate * dw[layer][p][j];
        }
        biases[layer][j] -= learningRate * db[layer][j];
      }
    }
  }
}
