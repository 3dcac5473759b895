package lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lanewise.io.Text;
import lanewise.nn.Evaluation;
import lanewise.run.Decimals;

/** Formats an evaluation in at most 80 columns: accuracy and loss, classes, confusion matrix. */
final class EvaluationText {
  private static final String NOTHING = "-";
  private static final int WIDTH = 80;
  private static final int MIN_LABEL_WIDTH = 9;
  private static final int MAX_LABEL_WIDTH = 16;

  /** Columns between that of the class and the last. */
  private static final int FIGURES_WIDTH = 44;

  private static final String FIGURES = " %7s  %9s  %9s  %9s   %s";

  private final Evaluation evaluation;
  private final List<String> labels;
  private final boolean coloured;

  /** The width of the column of classes. */
  private final int labelWidth;

  /**
   * @param labels the names of the classes, in the order of the confusion matrix; any text
   */
  EvaluationText(Evaluation evaluation, List<String> labels, boolean coloured) {
    this.evaluation = evaluation;
    this.labels = labels.stream().map(Text::printable).toList();
    this.coloured = coloured;
    this.labelWidth =
        this.labels.stream()
            .mapToInt(EvaluationText::length)
            .map(length -> Math.clamp(length, MIN_LABEL_WIDTH, MAX_LABEL_WIDTH))
            .max()
            .orElse(MIN_LABEL_WIDTH);
  }

  /** Shortens a text to so many characters, the last of which then shows that more follow. */
  static String shortened(String text, int longest) {
    return length(text) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "~";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Accuracy: %s (%,d of %,d)",
            percent(evaluation.accuracy()),
            evaluation.correct(),
            evaluation.rows()));
    lines.add(
        "Loss: %s (%s per row)"
            .formatted(
                Decimals.fixed(evaluation.loss(), 4),
                Decimals.fixed(evaluation.loss() / evaluation.rows(), 4)));
    lines.add("");
    addClasses(lines);
    lines.add("");
    lines.addAll(new ConfusionText(evaluation, matrixLabels(), coloured).lines());
    return lines;
  }

  /** Longer names if the matrix of a few classes has room for them. */
  private List<String> matrixLabels() {
    int room = WIDTH / (labels.size() + 1) - 2;
    int longest = Math.clamp(room, ConfusionText.MAX_LABEL_LENGTH, MAX_LABEL_WIDTH);
    return labels.stream().map(label -> shortened(label, longest)).toList();
  }

  private String line(String label, Object... figures) {
    String shown = shortened(label, labelWidth);
    String padded = shown + " ".repeat(labelWidth - length(shown));
    return (padded + FIGURES.formatted(figures)).stripTrailing();
  }

  private void addClasses(List<String> lines) {
    String heading = "Most often confused with";
    if (heading.length() > lastWidth()) {
      heading = "Confused with";
    }
    lines.add(line("Class", "Rows", "Precision", "Recall", "F1", heading));
    double[] sums = new double[3];
    int counted = 0;
    for (int label = 0; label < labels.size(); label++) {
      double precision = evaluation.precision(label);
      double recall = evaluation.recall(label);
      double f1 = evaluation.f1(label);
      int rows = evaluation.rowsOf(label);
      lines.add(
          line(
              labels.get(label),
              String.format(Locale.ROOT, "%,d", rows),
              percent(precision),
              percent(recall),
              percent(f1),
              confusedWith(label)));
      if (rows > 0) {
        sums[0] += Double.isNaN(precision) ? 0 : precision;
        sums[1] += recall;
        sums[2] += f1;
        counted++;
      }
    }
    // Macro averages: the mean over the classes that occur, with precision 0 for a class that is
    // never predicted.
    lines.add(
        line(
            "Mean",
            "",
            percent(sums[0] / counted),
            percent(sums[1] / counted),
            percent(sums[2] / counted),
            ""));
  }

  private int lastWidth() {
    return WIDTH - FIGURES_WIDTH - labelWidth;
  }

  /** The class that most rows of another were taken for, the first on a tie. */
  private String confusedWith(int label) {
    int[] line = evaluation.confusion()[label];
    line[label] = 0;
    int most = 0;
    for (int predicted = 1; predicted < line.length; predicted++) {
      most = line[predicted] > line[most] ? predicted : most;
    }
    if (line[most] == 0) {
      return "";
    }
    String count = String.format(Locale.ROOT, " (%,d)", line[most]);
    return shortened(labels.get(most), Math.min(labelWidth, lastWidth() - count.length())) + count;
  }

  static String percent(double share) {
    return Double.isNaN(share) ? NOTHING : Decimals.fixed(100 * share, 2) + "%";
  }
}
