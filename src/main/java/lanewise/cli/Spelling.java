package lanewise.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the word that a misspelt one most likely stands for. */
final class Spelling {
  private Spelling() {}

  /** The candidate with the fewest edits, the first of several; empty without candidates. */
  static Optional<String> nearest(String word, List<String> candidates) {
    return candidates.stream().min(Comparator.comparingInt(other -> edits(word, other)));
  }

  /** Inserted, deleted and replaced characters (Levenshtein, 1966). */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
