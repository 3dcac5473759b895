package lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedFloatsTest {
  @ParameterizedTest
  @CsvSource({"0,16", "1,16", "16,16", "17,32", "100,112", "127,144", "128,144", "256,272"})
  void rowsAreWholeLinesThatDoNotAlias(int columns, int length) {
    assertEquals(length, AlignedFloats.rowLength(columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 3_000_000})
  void thereIsRoom(int count) {
    AlignedFloats floats = AlignedFloats.of(count);
    assertTrue(floats.array().length >= floats.offset() + count);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Integer.MAX_VALUE, 1L << 40})
  void whatNoArrayHoldsIsRejected(long count) {
    assertEquals(
        "no array can hold %d floats".formatted(count),
        assertThrows(IllegalArgumentException.class, () -> AlignedFloats.of(count)).getMessage());
  }

  /** The address, from a compressed reference: eight-byte units from a base that is aligned. */
  @Test
  void withG1TheFirstFloatIsOnACacheLine() throws Exception {
    assumeTrue(Boolean.parseBoolean(HotSpot.option("UseG1GC", "false")), "G1");
    assumeTrue(Boolean.parseBoolean(HotSpot.option("UseCompressedOops", "false")), "references");
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
    int base = (int) type.getMethod("arrayBaseOffset", Class.class).invoke(unsafe, Object[].class);
    int first = (int) type.getMethod("arrayBaseOffset", Class.class).invoke(unsafe, float[].class);
    for (int count : new int[] {1, 784 * 144, 3_000_000}) {
      AlignedFloats floats = AlignedFloats.of(count);
      Object[] holder = {floats.array()};
      int reference =
          (int) type.getMethod("getInt", Object.class, long.class).invoke(unsafe, holder, base);
      long address = (reference & 0xffffffffL) * 8 + first + 4L * floats.offset();
      assertEquals(0, address % 64, count + " floats");
    }
  }
}
