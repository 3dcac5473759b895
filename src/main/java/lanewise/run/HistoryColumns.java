package lanewise.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;

/**
 * The columns of a history. Those that not every run has come last, so that programs that do not
 * know them are not disturbed.
 *
 * @param tested whether the run evaluates its test rows during training
 * @param validated whether it has validation rows
 */
record HistoryColumns(boolean tested, boolean validated) {
  static final String TEST_ACCURACY = "test_accuracy";
  static final String VALIDATION_LOSS = "validation_loss";
  static final String VALIDATION_ACCURACY = "validation_accuracy";

  private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().get();

  /** The columns of a run. */
  static HistoryColumns of(Recipe recipe) {
    return new HistoryColumns(recipe.testsDuringTraining(), recipe.stopping().validates());
  }

  /** The first line, without its end. */
  String header() {
    return join(
        List.of("epoch", "loss", "accuracy", "seconds"),
        List.of(TEST_ACCURACY),
        List.of(VALIDATION_LOSS, VALIDATION_ACCURACY));
  }

  /**
   * The line of an epoch, without its end. Losses and accuracies are written so that reading them
   * gives the same doubles.
   */
  String line(EpochResult result) {
    OptionalDouble test = result.testAccuracy();
    return join(
        List.of(
            Integer.toString(result.epoch()),
            Double.toString(result.loss()),
            Double.toString(result.accuracy()),
            Decimals.fixed(result.seconds(), 3)),
        List.of(test.isPresent() ? Double.toString(test.getAsDouble()) : ""),
        result
            .validation()
            .map(rows -> List.of(Double.toString(rows.loss()), Double.toString(rows.accuracy())))
            .orElse(List.of()));
  }

  private String join(List<String> always, List<String> test, List<String> validation) {
    List<String> cells = new ArrayList<>(always);
    if (tested) {
      cells.addAll(test);
    }
    if (validated) {
      cells.addAll(validation);
    }
    return FORMAT.format(cells.toArray());
  }
}
