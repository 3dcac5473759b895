package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Square blocks of L x L floats turned about their diagonal, in log2(L) passes: pass s swaps bit s
 * of the row number with bit s of the lane number.
 *
 * <p>Eklundh, A Fast Computer Method for Matrix Transposing, IEEE Transactions on Computers C-21
 * (1972).
 */
final class Transpose {
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private Transpose() {}

  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> bit < L ? lane ^ bit : lane);
  }

  private static VectorMask<Float> odd(int bit) {
    long lanes = 0;
    for (int lane = 0; lane < L; lane++) {
      lanes |= (lane & bit) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(SPECIES, lanes);
  }

  /**
   * {@code to (L,L) = from (L,L)^T}; may not overlap.
   *
   * @param ld the row length of from; to's rows follow each other without gap
   */
  static void block(float[] from, int fromAt, int ld, float[] to, int toAt) {
    pass(1, SWAP_1, ODD_1, from, fromAt, ld, to, toAt);
    pass(2, SWAP_2, ODD_2, to, toAt, L, to, toAt);
    if (L > 4) {
      pass(4, SWAP_4, ODD_4, to, toAt, L, to, toAt);
    }
    if (L > 8) {
      pass(8, SWAP_8, ODD_8, to, toAt, L, to, toAt);
    }
  }

  private static void pass(
      int bit,
      VectorShuffle<Float> swap,
      VectorMask<Float> odd,
      float[] from,
      int fromAt,
      int ld,
      float[] to,
      int toAt) {
    for (int i = 0; i < L; i += 2 * bit) {
      for (int low = i; low < i + bit; low++) {
        int high = low + bit;
        FloatVector a = FloatVector.fromArray(SPECIES, from, fromAt + low * ld);
        FloatVector b = FloatVector.fromArray(SPECIES, from, fromAt + high * ld);
        a.blend(b.rearrange(swap), odd).intoArray(to, toAt + low * L);
        a.rearrange(swap).blend(b, odd).intoArray(to, toAt + high * L);
      }
    }
  }
}
