package lanewise.table;

/** How columns of numbers are scaled, by what the training rows hold. */
public enum Scale {
  /** To mean 0 and deviation 1 (of the population: divided by the number of rows). */
  STANDARD,

  /** From the smallest value and the largest to 0 and 1. */
  MINMAX,

  /** Used as they are, also where all are the same. */
  NONE
}
