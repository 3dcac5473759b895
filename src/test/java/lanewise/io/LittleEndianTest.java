package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Floats as little-endian bytes and back. */
class LittleEndianTest {
  private static final int PER_BLOCK = LittleEndian.BLOCK_BYTES / Float.BYTES;

  @Test
  void theLowestByteComesFirst() {
    byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0x80, 1, 0, 0, 0};
    float[] values = {1f, -0f, Float.MIN_VALUE};
    assertArrayEquals(bytes, LittleEndian.bytes(values));
    assertArrayEquals(values, LittleEndian.floats(bytes));
  }

  @Test
  void blocksAddUpToTheWhole() {
    float[] values = new float[2 * PER_BLOCK + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    List<Integer> sizes = new ArrayList<>();
    LittleEndian.write(
        values,
        block -> {
          sizes.add(block.remaining());
          joined.write(block.array(), block.position(), block.remaining());
        });
    assertEquals(List.of(LittleEndian.BLOCK_BYTES, LittleEndian.BLOCK_BYTES, 4), sizes);
    assertArrayEquals(LittleEndian.bytes(values), joined.toByteArray());
    LittleEndian.write(new float[0], block -> sizes.add(block.remaining()));
    assertEquals(3, sizes.size());
  }

  @Test
  void theSinksExceptionEndsTheConversion() {
    LittleEndian.Sink<IOException> full =
        block -> {
          throw new IOException("No space left on device");
        };
    assertThrows(IOException.class, () -> LittleEndian.write(new float[1], full));
  }

  @Test
  void rejectsPartialFloats() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LittleEndian.floats(new byte[6]));
    assertEquals("6 bytes are not a whole number of floats", e.getMessage());
  }
}
