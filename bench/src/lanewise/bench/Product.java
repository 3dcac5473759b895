package lanewise.bench;

import java.util.Locale;

/** The three products of a dense layer with the input x (m,k) and the weights w (k,n). */
public enum Product {
  /** y (m,n) = x w. */
  FORWARD,
  /** dx (m,k) = dz (m,n) w^T. */
  BACKWARD,
  /** w -= step * x^T dz (m,n). */
  UPDATE;

  /**
   * @param name in lower case
   */
  public static Product named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
