package lanewise.nn;

import java.io.Serial;

/** Training has left the finite numbers: the loss of a batch is infinite or not a number. */
public final class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int epoch;
  private final int batch;

  DivergedException(int epoch, int batch) {
    super("the loss is not finite in epoch %d, batch %d".formatted(epoch, batch));
    this.epoch = epoch;
    this.batch = batch;
  }

  /** The epoch, from 1. */
  public int epoch() {
    return epoch;
  }

  /** The batch within the epoch, from 1. */
  public int batch() {
    return batch;
  }
}
