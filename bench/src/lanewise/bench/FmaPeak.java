package lanewise.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The peak of one core: multiply-adds on registers only, at this JVM's vector width.
 *
 * <p>Twelve independent chains: two units with a latency of four cycles need eight, and with the
 * constant they fit the 16 registers of AVX2.
 */
public final class FmaPeak {
  private static final VectorSpecies<Float> SPECIES = Width.SPECIES;
  private static final int CHAINS = 12;
  private static final int TIMES = 200_000;

  /** Keeps {@link #measure}'s results alive. */
  private static float sink;

  private FmaPeak() {}

  /** Current GFLOP/s: the best of five runs of half a millisecond, as noise only slows down. */
  public static double measure() {
    double best = 0;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      sink += run(TIMES);
      best = Math.max(best, gflop(TIMES) * 1e9 / (System.nanoTime() - start));
    }
    if (Float.isNaN(sink)) {
      throw new AssertionError("the chains converge to 1");
    }
    return best;
  }

  /** The work of {@link #run} in GFLOP. */
  public static double gflop(int times) {
    return 2e-9 * CHAINS * SPECIES.length() * times;
  }

  /** Every chain converges to 1, so no value is ever subnormal or infinite. */
  public static float run(int times) {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector a = FloatVector.broadcast(SPECIES, 0.01f);
    FloatVector b = FloatVector.broadcast(SPECIES, 0.02f);
    FloatVector c = FloatVector.broadcast(SPECIES, 0.03f);
    FloatVector d = FloatVector.broadcast(SPECIES, 0.04f);
    FloatVector e = FloatVector.broadcast(SPECIES, 0.05f);
    FloatVector f = FloatVector.broadcast(SPECIES, 0.06f);
    FloatVector g = FloatVector.broadcast(SPECIES, 0.07f);
    FloatVector h = FloatVector.broadcast(SPECIES, 0.08f);
    FloatVector i = FloatVector.broadcast(SPECIES, 0.09f);
    FloatVector j = FloatVector.broadcast(SPECIES, 0.10f);
    FloatVector k = FloatVector.broadcast(SPECIES, 0.11f);
    FloatVector l = FloatVector.broadcast(SPECIES, 0.12f);
    for (int t = 0; t < times; t++) {
      a = a.fma(half, half);
      b = b.fma(half, half);
      c = c.fma(half, half);
      d = d.fma(half, half);
      e = e.fma(half, half);
      f = f.fma(half, half);
      g = g.fma(half, half);
      h = h.fma(half, half);
      i = i.fma(half, half);
      j = j.fma(half, half);
      k = k.fma(half, half);
      l = l.fma(half, half);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }
}
