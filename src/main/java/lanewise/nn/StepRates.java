package lanewise.nn;

import lanewise.kernel.Step;

/** The factors of each step of a training, from its optimizer and its schedule. */
final class StepRates {
  private final TrainerSettings settings;
  private final int stepsPerEpoch;
  private final int epochs;

  /**
   * @param stepsPerEpoch at least 1
   * @param epochs of the whole training
   */
  StepRates(TrainerSettings settings, int stepsPerEpoch, int epochs) {
    this.settings = settings;
    this.stepsPerEpoch = stepsPerEpoch;
    this.epochs = epochs;
  }

  /** Returns factors that {@link #set} fills. */
  Step.Factors factors() {
    return new Step.Factors(
        switch (settings.optimizer().kind()) {
          case SGD -> Step.Rule.DESCENT;
          case MOMENTUM -> Step.Rule.MOMENTUM;
          case NESTEROV -> Step.Rule.NESTEROV;
          case ADAM, ADAMW -> Step.Rule.ADAM;
        });
  }

  /** The learning rate of a step of the training, from 1. */
  double rate(long step) {
    return settings.learningRate() * settings.schedule().factor(step, stepsPerEpoch, epochs);
  }

  /** Sets the factors of a step with a batch of m rows; see {@link Optimizer} for the formulas. */
  void set(Step.Factors factors, int epoch, int stepOfEpoch, int m) {
    Optimizer optimizer = settings.optimizer();
    long step = (epoch - 1L) * stepsPerEpoch + stepOfEpoch;
    double rate = rate(step);
    double divisor = settings.mean().divisor(m);
    switch (optimizer.kind()) {
      case SGD -> factors.set(rate, divisor, optimizer.weightDecay());
      case MOMENTUM, NESTEROV -> {
        factors.set(rate, divisor, optimizer.weightDecay());
        factors.setMomentum(optimizer.momentum());
      }
      case ADAM, ADAMW -> {
        boolean decoupled = optimizer.kind() == Optimizer.Kind.ADAMW;
        double decay = optimizer.weightDecay();
        // StrictMath, as every machine must get the same factors.
        double bias1 = 1 - StrictMath.pow(optimizer.beta1(), step);
        double bias2 = 1 - StrictMath.pow(optimizer.beta2(), step);
        factors.set(rate / bias1, divisor, decoupled ? 0 : decay);
        factors.setMoments(
            optimizer.beta1(),
            optimizer.beta2(),
            1 / Math.sqrt(bias2),
            optimizer.epsilon(),
            decoupled ? 1 - rate * decay : 1);
      }
    }
  }
}
