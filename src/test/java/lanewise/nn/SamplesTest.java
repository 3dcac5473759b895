package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Labelled rows in memory. */
class SamplesTest {
  @Test
  void bytesAreGreyValuesOf255() {
    byte[] pixels = new byte[512];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    Samples samples = Samples.ofBytes(pixels, 256, new int[] {4, 0});
    float[] out = new float[258];
    out[0] = out[257] = -1;
    samples.copyRows(1, 2, out, 1);
    for (int grey = 0; grey < 256; grey++) {
      assertEquals((float) (grey / 255.0), out[1 + grey]);
    }
    assertEquals(-1, out[0]);
    assertEquals(-1, out[257]);
    assertEquals(5, samples.classes());
    assertEquals(256, samples.width());
    assertEquals(2, samples.rows());
  }

  @Test
  void floatsAreUsedAsTheyAre() {
    float[] values = {1, -0f, Float.MIN_VALUE, 4, 5, 6};
    Samples samples = Samples.ofFloats(values, 2, new int[] {0, 2, 1});
    float[] out = new float[4];
    samples.copyRows(1, 3, out, 0);
    assertArrayEquals(new float[] {Float.MIN_VALUE, 4, 5, 6}, out);
    int[] labels = {9, 9, 9};
    samples.copyLabels(1, 3, labels, 1);
    assertArrayEquals(new int[] {9, 2, 1}, labels);
    assertEquals(2, samples.label(1));
  }

  @Test
  void selectedRows() {
    Samples floats = Samples.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, new int[] {0, 5, 7});
    Samples bytes =
        Samples.ofBytes(new byte[] {0, 51, 102, (byte) 153, -1, 0}, 2, new int[] {0, 5, 7});
    float[] out = new float[4];
    for (Samples samples : new Samples[] {floats, bytes}) {
      Samples some = samples.select(new int[] {1, 0});
      assertEquals(samples.isBytes(), some.isBytes());
      assertEquals(2, some.rows());
      assertEquals(6, some.classes());
      assertEquals(5, some.label(0));
      some.copyRows(0, 2, out, 0);
      assertArrayEquals(
          some.isBytes() ? new float[] {0.4f, 0.6f, 0, 0.2f} : new float[] {3, 4, 1, 2}, out);
      assertEquals(0, samples.select(new int[0]).rows());
      assertThrows(IndexOutOfBoundsException.class, () -> samples.select(new int[] {3}));
      assertThrows(IndexOutOfBoundsException.class, () -> samples.select(new int[] {-1}));
    }
  }

  @Test
  void theFirstRows() {
    Samples samples = Samples.ofFloats(new float[] {1, 2, 3}, 1, new int[] {0, 5, 7});
    Samples first = samples.first(2);
    assertEquals(2, first.rows());
    assertEquals(6, first.classes());
    assertEquals(0, samples.first(0).classes());
    assertEquals(8, samples.first(3).classes());
    refused("cannot take the first 4 of 3 rows", () -> samples.first(4));
    refused("cannot take the first -1 of 3 rows", () -> samples.first(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> first.label(2));
    assertThrows(IndexOutOfBoundsException.class, () -> first.copyRows(1, 3, new float[2], 0));
    assertThrows(IndexOutOfBoundsException.class, () -> first.copyLabels(1, 3, new int[2], 0));
  }

  @Test
  void mismatchedArgumentsAreRejected() {
    int[] labels = {0, 1};
    refused("5 values are not 2 rows of width 2", () -> Samples.ofFloats(new float[5], 2, labels));
    refused("5 values are not 2 rows of width 2", () -> Samples.ofBytes(new byte[5], 2, labels));
    refused("0 values are not 2 rows of width 0", () -> Samples.ofBytes(new byte[0], 0, labels));
    refused(
        "row 1 has label -1, not 0 to 2147483646",
        () -> Samples.ofFloats(new float[2], 1, new int[] {0, -1}));
  }

  @Test
  void theLargestLabelCountsOneClassMore() {
    int[] most = {Integer.MAX_VALUE - 1};
    assertEquals(Integer.MAX_VALUE, Samples.ofFloats(new float[1], 1, most).classes());
    refused(
        "row 1 has label 2147483647, not 0 to 2147483646",
        () -> Samples.ofFloats(new float[2], 1, new int[] {0, Integer.MAX_VALUE}));
  }

  @Test
  void nullsAreNamed() {
    assertThrows(NullPointerException.class, () -> Samples.ofFloats(null, 1, new int[1]), "values");
    assertThrows(NullPointerException.class, () -> Samples.ofBytes(new byte[1], 1, null), "labels");
  }

  @Test
  void targets() {
    Samples samples =
        Samples.ofTargets(new float[] {1, 2, 3}, 1, new float[] {4, 5, 6, 7, 8, 9}, 2);
    assertEquals(3, samples.rows());
    assertEquals(2, samples.outputs());
    assertFalse(samples.isLabelled());
    assertEquals(7, samples.target(1, 1));
    Samples first = samples.first(2);
    assertEquals(2, first.rows());
    assertEquals(6, first.target(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> first.target(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> first.target(0, 2));
    Samples some = samples.select(new int[] {2, 0});
    assertFalse(some.isLabelled());
    assertEquals(8, some.target(0, 0));
    assertEquals(5, some.target(1, 1));
    float[] out = new float[2];
    some.copyRows(0, 2, out, 0);
    assertArrayEquals(new float[] {3, 1}, out);
    assertEquals(0, Samples.ofTargets(new float[0], 1, new float[0], 1).rows());
  }

  @Test
  void eitherLabelsOrTargets() {
    Samples numbers = Samples.ofTargets(new float[] {1}, 1, new float[] {4}, 1);
    Samples classes = Samples.ofFloats(new float[] {1}, 1, new int[] {0});
    assertTrue(classes.isLabelled());
    String noLabels = "the rows have targets, not labels";
    absent(noLabels, numbers::classes);
    absent(noLabels, () -> numbers.label(0));
    absent(noLabels, () -> numbers.copyLabels(0, 1, new int[1], 0));
    absent("the rows have labels, not targets", classes::outputs);
    absent("the rows have labels, not targets", () -> classes.target(0, 0));
  }

  private static void absent(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }

  @Test
  void badTargetsAreRejected() {
    float[] values = new float[4];
    refused("3 targets are not rows of 2", () -> Samples.ofTargets(values, 2, new float[3], 2));
    refused("3 targets are not rows of 0", () -> Samples.ofTargets(values, 2, new float[3], 0));
    refused(
        "4 values are not 3 rows of width 2", () -> Samples.ofTargets(values, 2, new float[6], 2));
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      refused(
          "row 1 has %s as target 0, not a finite number".formatted(bad),
          () -> Samples.ofTargets(values, 2, new float[] {1, 2, bad, 4}, 2));
    }
    assertThrows(NullPointerException.class, () -> Samples.ofTargets(null, 1, values, 1), "values");
    assertThrows(
        NullPointerException.class, () -> Samples.ofTargets(values, 1, null, 1), "targets");
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
