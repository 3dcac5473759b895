package lanewise.spark;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lanewise.data.DataException;
import lanewise.model.Model;
import lanewise.nn.Task;
import lanewise.table.Target;
import org.apache.spark.sql.Row;

/** Scores batches of rows of cells; for one task. */
final class CellScorer implements Batches.Scorer {
  private static final Decision LARGEST = new Decision(null);

  private final SentModel sent;
  private final CellInputs inputs;
  private final String source;
  private final float[] sums;
  private final float[] probabilities;

  /**
   * @param source for messages
   */
  CellScorer(SentModel sent, CellInputs inputs, String source) {
    this.sent = sent;
    this.inputs = inputs;
    this.source = source;
    this.sums = new float[Math.multiplyExact(Batches.ROWS, sent.model().net().outputs())];
    this.probabilities = new float[sums.length];
  }

  @Override
  public List<Object[]> score(List<Row> rows, long first) {
    try {
      sent.predict(inputs.encode(rows, first), rows.size(), sums, probabilities);
      List<Object[]> scored = new ArrayList<>(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        scored.add(columns(row, CellInputs.line(first) + row));
      }
      return scored;
    } catch (DataException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object[] columns(int row, int line) throws DataException {
    Model model = sent.model();
    int outputs = model.net().outputs();
    int from = row * outputs;
    if (model.net().task() == Task.CLASSIFY) {
      int best = LARGEST.of(sums, probabilities, from, outputs);
      check(probabilities[from + best], line);
      return new Object[] {model.info().classes().get(best), probabilities[from + best]};
    }
    float value = sums[from];
    if (model.info().encoding().isPresent()
        && model.info().encoding().get().target() instanceof Target.Value target) {
      value = target.unscale(value);
    }
    check(value, line);
    return new Object[] {value};
  }

  private void check(float value, int line) throws DataException {
    if (!Float.isFinite(value)) {
      throw new DataException(
          "%s, line %d: the output of the network is not finite".formatted(source, line));
    }
  }
}
