package lanewise.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.nn.Evaluation;

/** A confusion matrix for a terminal of 80 columns, split into several tables if necessary. */
final class ConfusionText {
  /** With longer labels, a matrix of more than a few classes would need too many tables. */
  static final int MAX_LABEL_LENGTH = 9;

  /** Larger matrices would fill several screens. */
  private static final int MAX_CLASSES = 64;

  private static final int WIDTH = 80;

  /** Mistakes are highlighted if they affect at least this share of the rows of a class. */
  private static final double NOTABLE = 0.02;

  private static final String RIGHT = "\u001b[1;32m";
  private static final String WRONG = "\u001b[31m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final int[][] counts;
  private final Evaluation evaluation;
  private final List<String> labels;
  private final boolean coloured;
  private final int margin;
  private final int cell;

  /**
   * @param labels short enough for two of them in a line
   */
  ConfusionText(Evaluation evaluation, List<String> labels, boolean coloured) {
    this.evaluation = evaluation;
    this.counts = evaluation.confusion();
    this.labels = labels;
    this.coloured = coloured;
    int label = labels.stream().mapToInt(String::length).max().orElse(0);
    int largest = Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(0);
    this.margin = label;
    int widest = Math.max(label, Integer.toString(largest).length());
    boolean airy = margin + labels.size() * (widest + 2) <= WIDTH;
    this.cell = widest + (airy ? 2 : 1);
  }

  List<String> lines() {
    int classes = labels.size();
    if (classes > MAX_CLASSES) {
      return List.of(
          "The confusion matrix of %d classes is too large to show here: --json prints it"
              .formatted(classes));
    }
    List<String> lines = new ArrayList<>();
    lines.add("Confusion matrix (rows: true class, columns: predicted class)");
    int columns = Math.max(1, (WIDTH - margin) / cell);
    int pieces = Math.ceilDiv(classes, columns);
    for (int piece = 0; piece < pieces; piece++) {
      lines.add("");
      // Tables of about the same width.
      addPiece(classes * piece / pieces, classes * (piece + 1) / pieces, lines);
    }
    return lines;
  }

  private void addPiece(int from, int to, List<String> lines) {
    StringBuilder head = new StringBuilder(" ".repeat(margin));
    for (int predicted = from; predicted < to; predicted++) {
      head.append(padded(labels.get(predicted)));
    }
    lines.add(head.toString());
    for (int label = 0; label < labels.size(); label++) {
      StringBuilder line = new StringBuilder(" ".repeat(margin - labels.get(label).length()));
      line.append(labels.get(label));
      for (int predicted = from; predicted < to; predicted++) {
        line.append(cell(label, predicted));
      }
      lines.add(line.toString());
    }
  }

  private String cell(int label, int predicted) {
    int count = counts[label][predicted];
    String text = padded(count == 0 ? "." : Integer.toString(count));
    if (!coloured) {
      return text;
    }
    if (label == predicted) {
      return RIGHT + text + PLAIN;
    }
    if (count == 0) {
      return FAINT + text + PLAIN;
    }
    return count >= NOTABLE * evaluation.rowsOf(label) ? WRONG + text + PLAIN : text;
  }

  private String padded(String text) {
    return " ".repeat(cell - text.length()) + text;
  }
}
