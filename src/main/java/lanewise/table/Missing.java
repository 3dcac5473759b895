package lanewise.table;

/** What becomes of a cell without a value. */
public enum Missing {
  /** The table is refused. */
  FAIL,

  /**
   * It gets the mean of its column over the training rows: for text, each category's share of them.
   */
  MEAN
}
