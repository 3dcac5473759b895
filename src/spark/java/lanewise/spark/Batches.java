package lanewise.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with what a network says of them. It holds one batch at a time, however
 * many rows there are.
 */
final class Batches implements Iterator<Row> {
  /** Enough rows to reuse a weight often, few enough to stay in a core's cache. */
  static final int ROWS = 256;

  /** Scores rows. */
  @FunctionalInterface
  interface Scorer {
    /**
     * Computes the columns to append.
     *
     * @param rows 1 to {@link #ROWS}
     * @param first the number of the first row in its partition, from 1
     * @return for each row the values of the new columns
     */
    List<Object[]> score(List<Row> rows, long first);
  }

  private final Iterator<Row> in;
  private final Scorer scorer;
  private final List<Row> batch = new ArrayList<>(ROWS);
  private List<Object[]> scored = List.of();
  private int next;
  private long before;

  Batches(Iterator<Row> in, Scorer scorer) {
    this.in = in;
    this.scorer = scorer;
  }

  @Override
  public boolean hasNext() {
    return next < batch.size() || in.hasNext();
  }

  @Override
  public Row next() {
    if (next == batch.size()) {
      fill();
    }
    Row row = batch.get(next);
    Object[] added = scored.get(next++);
    Object[] all = new Object[row.length() + added.length];
    for (int i = 0; i < row.length(); i++) {
      all[i] = row.get(i);
    }
    System.arraycopy(added, 0, all, row.length(), added.length);
    return RowFactory.create(all);
  }

  private void fill() {
    before += batch.size();
    batch.clear();
    while (batch.size() < ROWS && in.hasNext()) {
      batch.add(in.next());
    }
    if (batch.isEmpty()) {
      throw new NoSuchElementException();
    }
    scored = scorer.score(batch, before + 1);
    next = 0;
  }
}
