package lanewise.data;

/** How arrays grow whose final length is not known. */
final class Growth {
  private Growth() {}

  /** The next length: half as much again, at most that of the longest array. */
  static int of(int length) {
    return (int) Math.min(Rows.MAX_BYTES, length + length / 2 + 16L);
  }
}
