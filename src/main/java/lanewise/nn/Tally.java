package lanewise.nn;

import lanewise.kernel.Kernels;

/**
 * What an evaluation collects about each row: any number of threads may add different rows. The
 * losses are stored per row and summed at the end, in row order and in double, so the sum does not
 * depend on threads or blocks.
 */
abstract sealed class Tally {
  final Samples samples;
  final int outputs;
  private final double[] losses;

  private Tally(Samples samples, int outputs) {
    this.samples = samples;
    this.outputs = outputs;
    this.losses = new double[samples.rows()];
  }

  /** Creates the tally for a network's task. */
  static Tally of(Mlp net, Samples samples) {
    return switch (net.task()) {
      case CLASSIFY -> new Classes(samples, net.outputs());
      case REGRESS -> new Values(samples, net.outputs());
    };
  }

  /**
   * Adds m rows.
   *
   * @param last what the last layer computed (m, outputs); may be modified
   * @param from first row
   */
  final void add(Kernels kernels, int m, float[] last, int from) {
    add(kernels, m, last, from, losses);
  }

  abstract void add(Kernels kernels, int m, float[] last, int from, double[] losses);

  /** Returns the evaluation of all rows. */
  final Evaluation result() {
    double loss = 0;
    for (double of : losses) {
      loss += of;
    }
    return result(loss);
  }

  abstract Evaluation result(double loss);

  private static final class Classes extends Tally {
    private final int[] predicted;
    private final float[] probabilities;
    private final float[] labelProbabilities;

    Classes(Samples samples, int outputs) {
      super(samples, outputs);
      predicted = new int[samples.rows()];
      probabilities = new float[samples.rows()];
      labelProbabilities = new float[samples.rows()];
    }

    @Override
    void add(Kernels kernels, int m, float[] last, int from, double[] losses) {
      int n = outputs;
      int[] labels = samples.labels();
      kernels.argMax(m, n, last, 0, n, predicted, from);
      kernels.crossEntropy(m, n, last, 0, n, labels, from, losses, from);
      for (int row = 0; row < m; row++) {
        probabilities[from + row] = last[row * n + predicted[from + row]];
        labelProbabilities[from + row] = last[row * n + labels[from + row]];
      }
    }

    @Override
    Evaluation result(double loss) {
      int[][] confusion = new int[outputs][outputs];
      for (int row = 0; row < predicted.length; row++) {
        confusion[samples.label(row)][predicted[row]]++;
      }
      return new Evaluation(loss, confusion, predicted, probabilities, labelProbabilities);
    }
  }

  private static final class Values extends Tally {
    private final float[] values;

    Values(Samples samples, int outputs) {
      super(samples, outputs);
      values = new float[StepBuffers.elements(samples.rows(), outputs)];
    }

    @Override
    void add(Kernels kernels, int m, float[] last, int from, double[] losses) {
      int n = outputs;
      System.arraycopy(last, 0, values, from * n, m * n);
      kernels.squaredError(m, n, last, 0, n, samples.targets(), from * n, n, losses, from);
    }

    @Override
    Evaluation result(double loss) {
      double sum = 0;
      for (int output = 0; output < outputs && samples.rows() > 0; output++) {
        sum += r2(output);
      }
      return new Evaluation(loss, samples.rows(), values, sum / outputs);
    }

    /** The coefficient of determination of one output. */
    private double r2(int output) {
      double mean = 0;
      for (int row = 0; row < samples.rows(); row++) {
        mean += samples.target(row, output);
      }
      mean /= samples.rows();
      double residual = 0;
      double total = 0;
      for (int row = 0; row < samples.rows(); row++) {
        double target = samples.target(row, output);
        double error = values[row * outputs + output] - target;
        residual += error * error;
        total += (target - mean) * (target - mean);
      }
      if (total == 0) {
        return residual == 0 ? 1 : 0;
      }
      return 1 - residual / total;
    }
  }
}
