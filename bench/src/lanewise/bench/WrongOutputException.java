package lanewise.bench;

/** A benchmark computes something else than it says; its time would mean nothing. */
public final class WrongOutputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WrongOutputException(String message) {
    super(message);
  }
}
