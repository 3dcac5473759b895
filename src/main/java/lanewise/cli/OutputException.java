package lanewise.cli;

import java.io.IOException;
import java.io.Serial;

/**
 * Standard output cannot be written. Unchecked, and so not swallowed by the {@link
 * java.io.PrintWriter} through which everything is printed.
 */
final class OutputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean closedPipe;

  private OutputException(String message, boolean closedPipe, Throwable cause) {
    super(message, cause);
    this.closedPipe = closedPipe;
  }

  /**
   * @param reason in words
   * @param closedPipe whether the reader has ended, as in {@code lanewise ... | head -1}
   */
  static OutputException of(String reason, boolean closedPipe, IOException cause) {
    return new OutputException("cannot write to standard output: " + reason, closedPipe, cause);
  }

  /** The same with some advice after the sentence. */
  OutputException followedBy(String advice) {
    return new OutputException(getMessage() + advice, closedPipe, this);
  }

  /** Whether the reader has seen enough: nobody needs to be told. */
  boolean isClosedPipe() {
    return closedPipe;
  }
}
