package lanewise.nn;

import java.util.Locale;

/** In which order an epoch visits the rows. */
public enum Shuffle {
  /** As they are, in every epoch. */
  NONE,

  /** In a new random order each epoch. */
  ROWS,

  /**
   * In fixed groups of four similar rows, in a new random order of the groups each epoch: more
   * zeros can then be skipped.
   */
  GROUPS;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
