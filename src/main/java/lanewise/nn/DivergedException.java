package lanewise.nn;

import java.io.Serial;

/**
 * Thrown when training diverges: the loss of a batch, or a weight at the end of an epoch, is
 * infinite or NaN.
 */
public final class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** From 1. */
  private final int epoch;

  /** Within the epoch, from 1. */
  private final int batch;

  DivergedException(int epoch, int batch) {
    super("the loss or a weight is not finite in epoch %d, batch %d".formatted(epoch, batch));
    this.epoch = epoch;
    this.batch = batch;
  }

  /**
   * Returns the epoch in which training diverged.
   *
   * @return 1 or more, counted from the start of {@code fit}
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Returns the batch whose loss is not finite; the last one if only a weight is not.
   *
   * @return 1 or more, counted from the start of the epoch
   */
  public int batch() {
    return batch;
  }
}
