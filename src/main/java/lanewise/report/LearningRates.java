package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.stream.LongStream;
import lanewise.nn.Schedule;
import lanewise.run.Recipe;

/** The learning rate of some steps of a run, the first, the last and the peak among them. */
final class LearningRates {
  /** Enough for a smooth line. */
  private static final int MAX_POINTS = 200;

  private final int stepsPerEpoch;
  private final long[] steps;
  private final double[] rates;

  private LearningRates(int stepsPerEpoch, long[] steps, double[] rates) {
    this.stepsPerEpoch = stepsPerEpoch;
    this.steps = steps;
    this.rates = rates;
  }

  /**
   * The rates of a run; null if they are all the same or there are none.
   *
   * @param trainRows rows of an epoch, without the validation rows, at least 1
   * @param trained epochs that were run
   */
  static LearningRates of(Recipe recipe, int trainRows, int trained) {
    Schedule schedule = recipe.method().schedule();
    int stepsPerEpoch = Math.ceilDiv(trainRows, recipe.batch());
    long last = (long) Math.min(trained, recipe.epochs()) * stepsPerEpoch;
    if (schedule.equals(Schedule.CONSTANT) || last == 0) {
      return null;
    }
    long points = Math.min(last, MAX_POINTS - 1);
    LongStream even = LongStream.range(0, points).map(i -> last - i * last / points);
    LongStream turns = LongStream.of(1, schedule.warmupSteps(stepsPerEpoch));
    long[] steps =
        LongStream.concat(even, turns)
            .filter(step -> step >= 1 && step <= last)
            .sorted()
            .distinct()
            .toArray();
    double[] rates =
        LongStream.of(steps)
            .mapToDouble(step -> schedule.factor(step, stepsPerEpoch, recipe.epochs()))
            .map(factor -> recipe.learningRate() * factor)
            .toArray();
    return new LearningRates(stepsPerEpoch, steps, rates);
  }

  long[] steps() {
    return steps;
  }

  double[] rates() {
    return rates;
  }

  /** Writes a JSON object. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("stepsPerEpoch", stepsPerEpoch);
    json.writeFieldName("steps");
    json.writeArray(steps, 0, steps.length);
    PageData.writeRounded(json, "rates", rates);
    json.writeEndObject();
  }
}
