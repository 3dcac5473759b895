package lanewise.kernel;

import static lanewise.kernel.Lanes.L;
import static lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Step} by vectors, one row of parameters at a time. */
final class VectorStep {
  private VectorStep() {}

  /** Takes the step for parameters {@code w[at]} to {@code w[at + n - 1]} with their sums. */
  static void take(Step s, int n, float[] sums, int from, float[] w, int at, boolean bias) {
    int whole = n / L * L;
    switch (s.factors.plain ? null : s.factors.rule) {
      case null -> plain(s, whole, sums, from, w, at);
      case DESCENT -> descent(s, whole, sums, from, w, at, bias);
      case MOMENTUM, NESTEROV -> momentum(s, whole, sums, from, w, at, bias);
      case ADAM -> adam(s, whole, sums, from, w, at, bias);
    }
    for (int j = whole; j < n; j++) {
      s.take(w, at + j, sums[from + j], bias);
    }
  }

  private static void plain(Step s, int n, float[] sums, int from, float[] w, int at) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -s.factors.rate);
    for (int j = 0; j < n; j += L) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + j).add(0);
      rate.fma(sum, FloatVector.fromArray(SPECIES, w, at + j)).intoArray(w, at + j);
    }
  }

  private static void descent(
      Step s, int n, float[] sums, int from, float[] w, int at, boolean bias) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -s.factors.rate);
    FloatVector decay = FloatVector.broadcast(SPECIES, bias ? 0 : s.factors.decay);
    for (int j = 0; j < n; j += L) {
      FloatVector old = FloatVector.fromArray(SPECIES, w, at + j);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + j).add(0);
      FloatVector g = sum.mul(s.factors.scale).add(decay.mul(old));
      rate.fma(g, old).intoArray(w, at + j);
    }
  }

  private static void momentum(
      Step s, int n, float[] sums, int from, float[] w, int at, boolean bias) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -s.factors.rate);
    FloatVector decay = FloatVector.broadcast(SPECIES, bias ? 0 : s.factors.decay);
    FloatVector momentum = FloatVector.broadcast(SPECIES, s.factors.momentum);
    boolean nesterov = s.factors.rule == Step.Rule.NESTEROV;
    for (int j = 0; j < n; j += L) {
      FloatVector old = FloatVector.fromArray(SPECIES, w, at + j);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + j).add(0);
      FloatVector g = sum.mul(s.factors.scale).add(decay.mul(old));
      FloatVector v = momentum.fma(FloatVector.fromArray(SPECIES, s.first, at + j), g);
      v.intoArray(s.first, at + j);
      if (nesterov) {
        rate.fma(momentum.fma(v, g), old).intoArray(w, at + j);
      } else {
        rate.fma(v, old).intoArray(w, at + j);
      }
    }
  }

  private static void adam(Step s, int n, float[] sums, int from, float[] w, int at, boolean bias) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -s.factors.rate);
    FloatVector decay = FloatVector.broadcast(SPECIES, bias ? 0 : s.factors.decay);
    FloatVector shrink = FloatVector.broadcast(SPECIES, bias ? 1 : s.factors.shrink);
    FloatVector beta1 = FloatVector.broadcast(SPECIES, s.factors.beta1);
    FloatVector beta2 = FloatVector.broadcast(SPECIES, s.factors.beta2);
    FloatVector deviation = FloatVector.broadcast(SPECIES, s.factors.deviation);
    FloatVector epsilon = FloatVector.broadcast(SPECIES, s.factors.epsilon);
    for (int j = 0; j < n; j += L) {
      FloatVector old = FloatVector.fromArray(SPECIES, w, at + j);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + j).add(0);
      FloatVector g = sum.mul(s.factors.scale).add(decay.mul(old));
      FloatVector a =
          beta1.fma(
              FloatVector.fromArray(SPECIES, s.first, at + j), g.mul(s.factors.gradientShare));
      FloatVector v =
          beta2.fma(
              FloatVector.fromArray(SPECIES, s.second, at + j),
              g.mul(s.factors.squareShare).mul(g));
      a.intoArray(s.first, at + j);
      v.intoArray(s.second, at + j);
      FloatVector denominator = v.lanewise(VectorOperators.SQRT).fma(deviation, epsilon);
      rate.fma(a.div(denominator), shrink.mul(old)).intoArray(w, at + j);
    }
  }
}
