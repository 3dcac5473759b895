package lanewise.bench;

/** A benchmark's output is wrong, so its time would be meaningless. */
public final class WrongOutputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongOutputException(String message) {
    super(message);
  }
}
