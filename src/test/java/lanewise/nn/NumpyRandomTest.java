package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.io.LittleEndian;
import lanewise.io.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws as NumPy 1.24 printed them after {@code np.random.seed(seed)}. */
class NumpyRandomTest {

  /** Draws 311 and 312 stand on both sides of the state's first renewal; 1999 is in its seventh. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5488135039273248, 0.7151893663724195, 0.6027633760716439,"
        + " 0.14694664540037505, 0.07952208258675575, 0.5017731306999452",
    "1, 0.417022004702574, 0.7203244934421581, 0.00011437481734488664,"
        + " 0.9096355249515571, 0.2571182937821962, 0.9467282696079524",
    "42, 0.3745401188473625, 0.9507143064099162, 0.7319939418114051,"
        + " 0.07845638134226596, 0.02535074341545751, 0.28218707469320015",
    "4294967295, 0.0976320289940138, 0.9123828453026218, 0.78903530185164,"
        + " 0.2845819535787153, 0.89887815082878, 0.17947030169391298",
  })
  void doubles(long seed, double d0, double d1, double d2, double d311, double d312, double d1999) {
    NumpyRandom random = new NumpyRandom(seed);
    double[] drawn = new double[2000];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextDouble();
    }
    assertArrayEquals(
        new double[] {d0, d1, d2, d311, d312, d1999},
        new double[] {drawn[0], drawn[1], drawn[2], drawn[311], drawn[312], drawn[1999]});
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2357136044, 2546248239, 3071714933",
    "1, 1791095845, 4282876139, 3093770124",
    "42, 1608637542, 3421126067, 4083286876",
    "4294967295, 419326371, 479346978, 3918654476",
  })
  void bits(long seed, long b0, long b1, long b2) {
    NumpyRandom random = new NumpyRandom(seed);
    for (long expected : new long[] {b0, b1, b2}) {
      assertEquals(expected, Integer.toUnsignedLong(random.nextBits()));
    }
  }

  @Test
  void uniform() {
    assertEquals(1.390508031418598, new NumpyRandom(0).uniform(-3, 5));
    assertEquals(-0.0036790492211000725, new NumpyRandom(42).uniform(-3, 5));
    assertEquals(-2.2189437680478896, new NumpyRandom(4294967295L).uniform(-3, 5));
  }

  /**
   * The last bits may differ, as logarithms of different libraries do; the hash is of all 1001
   * values as floats: {@code sha256(np.random.standard_normal(1001).astype('<f4'))}.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1.764052345967664, 0.4001572083672233, 0.9787379841057392, 0.555962679709798,"
        + " b67dbdae82e419bea1faf8ca6184a38aa872c0b477b72a1f99c590bdde82040a",
    "1, 1.6243453636632417, -0.6117564136500754, -0.5281717522634557, -0.15323616176709168,"
        + " b2fc6d45f634b4fb2d1b3b79d4ab51f4eceee04da5751f7cbc417746947d48f4",
    "42, 0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.3993554365860021,"
        + " ada5d1b4a13ed576d5ae3116f3d36c91a316c17874981e552fce433871f6ff87",
    "4294967295, 0.6484086742306527, 0.6693235306338161, -1.0805437227474493, -0.7083537506423528,"
        + " 31435b4a604876738e97130864789ba30ba4ce2421b763cfe5a66000a1ea3b72",
  })
  void normals(long seed, double d0, double d1, double d2, double d1000, String sha256) {
    NumpyRandom random = new NumpyRandom(seed);
    double[] drawn = new double[1001];
    float[] floats = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.standardNormal();
      floats[i] = (float) drawn[i];
    }
    assertArrayEquals(
        new double[] {d0, d1, d2, d1000},
        new double[] {drawn[0], drawn[1], drawn[2], drawn[1000]},
        1e-15);
    Sha256 hash = new Sha256();
    LittleEndian.write(floats, hash::add);
    assertEquals(sha256, hash.hex());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
  void seedsOutOfRangeAreRefused(long seed) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new NumpyRandom(seed));
    assertEquals("a seed is 0 to 4294967295, not " + seed, refused.getMessage());
  }
}
