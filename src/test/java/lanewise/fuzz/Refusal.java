package lanewise.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What every error message for invalid input must satisfy. */
public final class Refusal {
  private static final int LONGEST = 1000;

  private Refusal() {}

  /** Checks that the message is one non-empty line of moderate length. */
  public static void check(Exception e) {
    String message = e.getMessage();
    assertNotNull(message, e.toString());
    assertFalse(message.isBlank(), e.toString());
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.length() > LONGEST, message);
  }
}
