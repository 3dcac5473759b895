package lanewise.kernel;

/**
 * The matrices of a product, as views: those of one call at a time, for each thread. So a call
 * checks and names its operands once and allocates nothing.
 */
final class Operands implements AutoCloseable {
  private static final ThreadLocal<Operands> OF_THREAD = ThreadLocal.withInitial(Operands::new);

  /** The left factor: x, or dz of a backward product. */
  final Matrix a = new Matrix();

  /** The right factor: w, or dz of an update. */
  final Matrix b = new Matrix();

  /** What is computed: y, dx, or w of an update. */
  final Matrix c = new Matrix();

  /** What the epilogue needs: the biases, or the activations that mask dx. */
  final Matrix other = new Matrix();

  /** Sums on their way to c. */
  final Matrix sums = new Matrix();

  /** Of an update. */
  Step step;

  private int[] terms = new int[0];
  private float[] floats = new float[0];

  private Operands() {}

  static Operands ofThread() {
    return OF_THREAD.get();
  }

  /** Working memory of at least {@code count} ints, the same as long as that is enough. */
  int[] terms(int count) {
    if (terms.length < count) {
      terms = new int[count];
    }
    return terms;
  }

  /** The same in floats. */
  float[] floats(int count) {
    if (floats.length < count) {
      floats = new float[count];
    }
    return floats;
  }

  /** Forgets the arrays: the thread must not keep a network alive. */
  @Override
  public void close() {
    a.array = null;
    b.array = null;
    c.array = null;
    other.array = null;
    sums.array = null;
    step = null;
  }
}
