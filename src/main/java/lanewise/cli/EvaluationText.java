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
  private static final String CLASS_LINE = "%-9s %7s  %9s  %9s  %9s   %s";

  private final Evaluation evaluation;
  private final List<String> labels;
  private final boolean coloured;

  /**
   * @param labels the names of the classes, in the order of the confusion matrix; any text
   */
  EvaluationText(Evaluation evaluation, List<String> labels, boolean coloured) {
    this.evaluation = evaluation;
    this.labels = labels.stream().map(Text::printable).map(EvaluationText::shortened).toList();
    this.coloured = coloured;
  }

  private static String shortened(String label) {
    int longest = ConfusionText.MAX_LABEL_LENGTH;
    return label.length() <= longest ? label : label.substring(0, longest - 1) + "~";
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
    lines.addAll(new ConfusionText(evaluation, labels, coloured).lines());
    return lines;
  }

  private void addClasses(List<String> lines) {
    lines.add(
        CLASS_LINE
            .formatted("Class", "Rows", "Precision", "Recall", "F1", "Most often confused with")
            .stripTrailing());
    double[] sums = new double[3];
    int counted = 0;
    for (int label = 0; label < labels.size(); label++) {
      double precision = evaluation.precision(label);
      double recall = evaluation.recall(label);
      double f1 = evaluation.f1(label);
      int rows = evaluation.rowsOf(label);
      lines.add(
          CLASS_LINE
              .formatted(
                  labels.get(label),
                  String.format(Locale.ROOT, "%,d", rows),
                  percent(precision),
                  percent(recall),
                  percent(f1),
                  confusedWith(label))
              .stripTrailing());
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
        CLASS_LINE
            .formatted(
                "Mean",
                "",
                percent(sums[0] / counted),
                percent(sums[1] / counted),
                percent(sums[2] / counted),
                "")
            .stripTrailing());
  }

  private String confusedWith(int label) {
    int[] line = evaluation.confusion()[label];
    int most = label == 0 ? line.length - 1 : 0;
    for (int predicted = 0; predicted < line.length; predicted++) {
      boolean more = most == label || line[predicted] > line[most];
      most = predicted != label && more ? predicted : most;
    }
    return most == label || line[most] == 0
        ? ""
        : String.format(Locale.ROOT, "%s (%,d)", labels.get(most), line[most]);
  }

  static String percent(double share) {
    return Double.isNaN(share) ? NOTHING : Decimals.fixed(100 * share, 2) + "%";
  }
}
