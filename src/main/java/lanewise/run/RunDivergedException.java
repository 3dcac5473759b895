package lanewise.run;

import java.io.Serial;

/** Training diverged: the loss or a weight became NaN or infinite. */
public final class RunDivergedException extends RunException {
  @Serial private static final long serialVersionUID = 1;

  RunDivergedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A loss that diverged.
   *
   * @param epoch from 1
   * @param batch from 1 within the epoch
   * @param cause may be null
   */
  static RunDivergedException of(int epoch, int batch, double learningRate, Throwable cause) {
    return new RunDivergedException(
        "the loss or a weight became NaN or infinite in epoch %d, batch %d: try a learning rate"
                .formatted(epoch, batch)
            + " below "
            + learningRate,
        cause);
  }

  /**
   * A network that is finite for the training rows only: its accuracy on others means nothing.
   *
   * @param rows {@code test} or {@code validation}
   * @param epoch after which these rows were evaluated
   */
  static RunDivergedException ofRows(String rows, int epoch, double learningRate) {
    return new RunDivergedException(
        "the loss of the %s rows is NaN or infinite after epoch %d: try a learning rate below %s"
            .formatted(rows, epoch, learningRate),
        null);
  }
}
