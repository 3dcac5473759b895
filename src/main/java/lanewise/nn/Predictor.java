package lanewise.nn;

import java.util.Objects;
import lanewise.kernel.Kernels;

/**
 * Computes a network's forward pass, for any number of threads at once, without allocation once
 * warm.
 */
final class Predictor {
  /**
   * Enough rows to reuse a weight often while it is cached, few enough to stay in the cache too.
   */
  private static final int BLOCK = 64;

  private final Mlp net;
  private final ThreadLocal<Buffers> buffers;

  /** Whether all weights were finite when the network was last trained or first used. */
  private volatile Boolean finite;

  Predictor(Mlp net) {
    this.net = net;
    this.buffers = ThreadLocal.withInitial(() -> new Buffers(net.outputs(), net.widestOutput()));
  }

  /** The kernels of the best engine. */
  static Kernels bestKernels() {
    return Best.KERNELS;
  }

  /** See {@link Mlp#predict(float[], int, float[])}; all kernels give the same bits. */
  void predict(Kernels kernels, float[] rows, int count, float[] out) {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(out, "out");
    int inputs = net.inputs();
    int outputs = net.outputs();
    if (count < 0 || rows.length < (long) count * inputs || out.length < (long) count * outputs) {
      throw new IllegalArgumentException(
          "%d values and room for %d outputs do not fit %d rows of a network %s"
              .formatted(rows.length, out.length, count, net));
    }
    net.checkNotTraining();
    for (int from = 0; from < count; from += BLOCK) {
      int m = Math.min(BLOCK, count - from);
      computeSums(kernels, rows, from * inputs, m, out, from * outputs);
      if (net.task() == Task.CLASSIFY) {
        kernels.softmax(m, outputs, out, from * outputs, outputs);
      }
    }
  }

  /** See {@link Mlp#classify}. */
  int classify(float[] row) {
    net.checkNotTraining();
    Buffers mine = buffers.get();
    computeSums(Best.KERNELS, row, 0, 1, mine.logits, 0);
    Best.KERNELS.argMax(1, net.outputs(), mine.logits, 0, net.outputs(), mine.best, 0);
    return mine.best[0];
  }

  /** Computes all layers: {@code out (m, outputs)} from {@code in (m, inputs)}. */
  private void computeSums(
      Kernels kernels, float[] in, int inOffset, int m, float[] out, int outOffset) {
    Buffers mine = buffers.get();
    int last = net.layers() - 1;
    boolean skipZeros = isFinite();
    float[] x = in;
    int xOffset = inOffset;
    for (int layer = 0; layer < last; layer++) {
      float[] y = mine.hidden(layer % 2, m);
      net.layer(layer).forward(kernels, m, x, xOffset, y, 0, skipZeros);
      x = y;
      xOffset = 0;
    }
    // Skipped zeros may change the sign of a zero, which is lost in softmax alone.
    boolean signless = net.task() == Task.CLASSIFY;
    net.layer(last).forward(kernels, m, x, xOffset, out, outOffset, skipZeros && signless);
  }

  private boolean isFinite() {
    Boolean known = finite;
    if (known == null) {
      known = net.isFinite();
      finite = known;
    }
    return known;
  }

  /** The weights have changed. */
  void weightsChanged() {
    finite = null;
  }

  /**
   * A holder class: the engine is chosen at the first prediction, not when a network is created.
   */
  private static final class Best {
    static final Kernels KERNELS = Kernels.best();
  }

  /**
   * The buffers of one thread, which grow with the number of rows per call. The thread holds them,
   * so they must not refer to the network: as long as they did, it would never be collected.
   */
  private static final class Buffers {
    final float[] logits;
    final int[] best = new int[1];
    private final float[][] hidden = new float[2][0];
    private final int widest;

    Buffers(int outputs, int widest) {
      this.logits = new float[outputs];
      this.widest = widest;
    }

    /** Room for m rows of any layer's outputs. */
    float[] hidden(int number, int m) {
      int size = StepBuffers.elements(m, widest);
      if (hidden[number].length < size) {
        hidden[number] = new float[size];
      }
      return hidden[number];
    }
  }
}
