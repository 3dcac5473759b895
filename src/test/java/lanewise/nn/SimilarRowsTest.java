package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.RealMnist;
import lanewise.data.digits.BuiltinDigits;
import lanewise.kernel.GreyRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 127, 128, 129, 257, 1003})
  void everyRowIsInOneGroup(int rows) {
    Random random = new Random(rows);
    byte[] pixels = new byte[rows * 70];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, random.nextInt(-100, 100));
    }
    assertPermutation(SimilarRows.groups(marked(pixels, 70)));
    assertPermutation(SimilarRows.groups(marked(new byte[pixels.length], 70)));
  }

  @Test
  void equalRowsAreGrouped() {
    int kinds = 32;
    int width = 100;
    Random random = new Random(1);
    byte[] pixels = new byte[4 * kinds * width];
    for (int i = 0; i < kinds * width; i++) {
      byte pixel = (byte) random.nextInt(2);
      for (int copy = 0; copy < 4; copy++) {
        pixels[copy * kinds * width + i] = (byte) (pixel * (copy + 1)); // Whether it is 0 counts.
      }
    }
    int[] groups = SimilarRows.groups(marked(pixels, width));
    assertPermutation(groups);
    for (int i = 0; i < groups.length; i++) {
      assertEquals(groups[i / 4 * 4] % kinds, groups[i] % kinds, "in group " + i / 4);
    }
  }

  /** The hash is the same on every machine. */
  @Test
  void theGroupsDependOnTheRowsAlone() {
    int rows = 2001;
    byte[] pixels = new byte[rows * 784];
    BuiltinDigits.draw(5, 0, rows, pixels, new int[rows], 0);
    GreyRows grey = marked(pixels, 784);
    int[] groups = SimilarRows.groups(grey);
    assertPermutation(groups);
    assertArrayEquals(groups, SimilarRows.groups(grey));
    assertEquals(1017213717, Arrays.hashCode(groups));
    double inOrder = share(pixels, IntStream.range(0, rows).toArray(), 4);
    double grouped = share(pixels, groups, 4);
    assertTrue(grouped < 0.8 * inOrder, grouped + " after " + inOrder);
  }

  @Test
  void groupsOfMnistHaveAQuarterOfTheColumnsLeft() throws DataException {
    Samples train = DataSource.directory(RealMnist.directory()).train();
    byte[] pixels = new byte[train.rows() * 784];
    float[] values = new float[784];
    for (int row = 0; row < train.rows(); row++) {
      train.copyRows(row, row + 1, values, 0);
      for (int i = 0; i < 784; i++) {
        pixels[row * 784 + i] = (byte) Math.ceil(values[i]);
      }
    }
    int[] groups = SimilarRows.groups(marked(pixels, 784));
    assertPermutation(groups);
    assertEquals(0.258, share(pixels, groups, 4), 0.001);
    assertEquals(0.224, share(pixels, groups, 2), 0.001);
  }

  /** The mean share of columns that are not zero in all of {@code size} rows. */
  private static double share(byte[] pixels, int[] groups, int size) {
    long left = 0;
    int whole = groups.length / size;
    for (int group = 0; group < whole; group++) {
      for (int column = 0; column < 784; column++) {
        int union = 0;
        for (int i = group * size; i < (group + 1) * size; i++) {
          union |= pixels[groups[i] * 784 + column];
        }
        left += union == 0 ? 0 : 1;
      }
    }
    return left / (whole * 784.0);
  }

  private static GreyRows marked(byte[] pixels, int width) {
    GreyRows grey = new GreyRows(pixels, pixels.length / width, width);
    grey.mark(0, grey.rows());
    return grey;
  }

  private static void assertPermutation(int[] groups) {
    int[] sorted = groups.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, groups.length).toArray(), sorted);
  }
}
