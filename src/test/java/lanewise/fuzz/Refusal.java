package lanewise.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What every answer to bad input has in common. */
public final class Refusal {
  private static final int LONGEST = 1000;

  private Refusal() {}

  /** One line that says something and would not fill a screen. */
  public static void check(Exception e) {
    String message = e.getMessage();
    assertNotNull(message, e.toString());
    assertFalse(message.isBlank(), e.toString());
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.length() > LONGEST, message);
  }
}
