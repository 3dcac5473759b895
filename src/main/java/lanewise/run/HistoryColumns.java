package lanewise.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import lanewise.nn.Task;
import org.apache.commons.csv.CSVFormat;

/**
 * The columns of a history. Those that not every run has come last, so that programs that do not
 * know them are not disturbed.
 *
 * @param score what is measured besides the loss: {@link #ACCURACY} or {@link #R2}
 * @param tested whether the run evaluates its test rows during training
 * @param validated whether it has validation rows
 */
record HistoryColumns(String score, boolean tested, boolean validated) {
  static final String ACCURACY = "accuracy";
  static final String R2 = "r2";
  static final String TEST = "test_";
  static final String VALIDATION = "validation_";
  static final String LOSS = "loss";

  private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().get();

  /** The columns of a run. */
  static HistoryColumns of(Settings settings) {
    Recipe recipe = settings.recipe();
    return new HistoryColumns(
        settings.task() == Task.CLASSIFY ? ACCURACY : R2,
        recipe.testsDuringTraining(),
        recipe.stopping().validates());
  }

  /** The first line, without its end. */
  String header() {
    return join(
        List.of("epoch", LOSS, score, "seconds"),
        List.of(TEST + score),
        List.of(VALIDATION + LOSS, VALIDATION + score));
  }

  /**
   * The line of an epoch, without its end. Losses and scores are written so that reading them gives
   * the same doubles.
   */
  String line(EpochResult result) {
    OptionalDouble test = result.testScore();
    return join(
        List.of(
            Integer.toString(result.epoch()),
            Double.toString(result.loss()),
            Double.toString(result.score()),
            Decimals.fixed(result.seconds(), 3)),
        List.of(test.isPresent() ? Double.toString(test.getAsDouble()) : ""),
        result
            .validation()
            .map(rows -> List.of(Double.toString(rows.loss()), Double.toString(rows.score())))
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
