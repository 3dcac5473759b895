package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import java.util.stream.IntStream;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lists entries as {@link NonZeros} does, for 16 lanes: their CPUs have an instruction that moves
 * the lanes of a mask together, which takes a third of the time of finding one bit after the other.
 */
final class NonZeroVectors {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final VectorSpecies<Byte> BYTE_PAIRS = ByteVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;

  /** 0 to 15, where an entry has its column or row. */
  private static final int[] INDEX = IntStream.range(0, 16).map(i -> i << 16).toArray();

  /** A square block of entries, and the same transposed. */
  private static final ThreadLocal<float[]> BLOCKS =
      ThreadLocal.withInitial(() -> new float[2 * 16 * 16]);

  private NonZeroVectors() {}

  /** Lists a pair of rows at {@code entries[to]} and beyond; returns how many entries. */
  static int listRows(GreyRows grey, int first, int second, int[] entries, int to) {
    byte[] pixels = grey.pixels;
    int width = grey.width;
    int count = to;
    int column = 0;
    for (; column <= width - L; column += L) {
      ByteVector low = ByteVector.fromArray(BYTES, pixels, first * width + column);
      ByteVector high = ByteVector.fromArray(BYTES, pixels, second * width + column);
      count +=
          append(
              ints(low).or(ints(high).lanewise(VectorOperators.LSHL, 8)), column, entries, count);
    }
    if (column < width) {
      VectorMask<Byte> mask = BYTES.indexInRange(column, width);
      ByteVector low = ByteVector.fromArray(BYTES, pixels, first * width + column, mask);
      ByteVector high = ByteVector.fromArray(BYTES, pixels, second * width + column, mask);
      count +=
          append(
              ints(low).or(ints(high).lanewise(VectorOperators.LSHL, 8)), column, entries, count);
    }
    return count - to;
  }

  private static IntVector ints(ByteVector bytes) {
    return (IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
  }

  /** Writes those of 16 pairs of bytes that are not zero, and whatever beyond; returns how many. */
  private static int append(IntVector pairs, int index, int[] entries, int to) {
    VectorMask<Integer> set = pairs.compare(VectorOperators.NE, 0);
    IntVector indices = IntVector.fromArray(INTS, INDEX, 0).add(index << 16);
    pairs.or(indices).compress(set).intoArray(entries, to);
    return set.trueCount();
  }

  /** Lists pairs of columns, 16 at a time: blocks of the batch are transposed. */
  static void listColumns(NonZeros x, int[] batch, int from, int fromPair, int toPair) {
    byte[] pixels = x.grey.pixels;
    int width = x.grey.width;
    float[] blocks = BLOCKS.get();
    for (int pair = fromPair; pair < toPair; pair += L) {
      int column = 2 * pair;
      int pairs = Math.min(L, toPair - pair);
      boolean whole = column <= width - 2 * L;
      for (int i = 0; i < x.rows; i += L) {
        for (int row = i; row < i + L; row++) {
          int to = (row - i) * L;
          if (row >= x.rows) {
            FloatVector.zero(SPECIES).intoArray(blocks, to);
            continue;
          }
          int at = batch[from + row] * width + column;
          if (whole) {
            widen(ByteVector.fromArray(BYTE_PAIRS, pixels, at), blocks, to);
          } else {
            VectorMask<Byte> mask = BYTE_PAIRS.indexInRange(column, width);
            widen(ByteVector.fromArray(BYTE_PAIRS, pixels, at, mask), blocks, to);
          }
        }
        Transpose.block(blocks, 0, L, blocks, L * L, L);
        for (int j = 0; j < pairs; j++) {
          int count = i == 0 ? 0 : x.counts[pair + j];
          IntVector entries =
              FloatVector.fromArray(SPECIES, blocks, L * L + j * L).reinterpretAsInts();
          x.counts[pair + j] =
              count + append(entries, i, x.entries, (pair + j) * x.capacity + count);
        }
      }
    }
  }

  /** Stores 16 pairs of bytes as ints. */
  private static void widen(ByteVector pairs, float[] blocks, int to) {
    ((IntVector) pairs.reinterpretAsShorts().convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
        .reinterpretAsFloats()
        .intoArray(blocks, to);
  }
}
