package lanewise.nn;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a training depends on after an epoch, besides the network's parameters, the settings and the
 * samples: with these it goes on as if it had not stopped, to the same bits. The arrays are not
 * copied.
 *
 * @param epoch number of completed epochs, at least 0
 * @param moments of the optimizer: for each of its states an array with an element for each
 *     parameter of the network, in the same order; v of momentum, a and v of Adam
 * @param best the best epoch so far, if the training keeps it
 */
public record TrainingState(int epoch, float[][] moments, Optional<Best> best) {
  /**
   * The epoch with the lowest validation loss.
   *
   * @param epoch its number, from 1
   * @param loss the validation loss, finite
   * @param parameters of the network after that epoch
   */
  public record Best(int epoch, double loss, float[] parameters) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the epoch is below 1 or the loss not finite
     */
    public Best {
      Objects.requireNonNull(parameters, "parameters");
      if (epoch < 1 || !Double.isFinite(loss)) {
        throw new IllegalArgumentException(
            "the best epoch is %d, with a loss of %s".formatted(epoch, loss));
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Best that
          && epoch == that.epoch
          && Double.compare(loss, that.loss) == 0
          && Arrays.equals(parameters, that.parameters);
    }

    @Override
    public int hashCode() {
      return Objects.hash(epoch, loss, Arrays.hashCode(parameters));
    }
  }

  /** At the beginning, with all states of the optimizer at 0. */
  static TrainingState initial(int states, int parameters) {
    return new TrainingState(0, new float[states][parameters], Optional.empty());
  }

  /**
   * Checks the epoch.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public TrainingState {
    Objects.requireNonNull(moments, "moments");
    Objects.requireNonNull(best, "best");
    if (epoch < 0) {
      throw new IllegalArgumentException("the number of epochs is at least 0, not " + epoch);
    }
  }

  /** Whether all moments are zero, as at the beginning. */
  boolean isFresh() {
    for (float[] of : moments) {
      for (float moment : of) {
        if (moment != 0) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingState that
        && epoch == that.epoch
        && Arrays.deepEquals(moments, that.moments)
        && best.equals(that.best);
  }

  @Override
  public int hashCode() {
    return Objects.hash(epoch, Arrays.deepHashCode(moments), best);
  }
}
