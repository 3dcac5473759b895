package lanewise.sweep;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import lanewise.io.AtomicFile;
import lanewise.io.ReadErrors;
import lanewise.run.Decimals;
import lanewise.run.RunException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code sweep.csv}: a line for each run that has ended, in the order of the grid. Columns that not
 * every sweep has depend on what was planned, not on the results.
 *
 * @param names of the grid's options
 * @param classifies whether a run has accuracies
 * @param regresses whether a run has R2 and RMSE
 * @param validates whether a run has validation rows
 */
public record SweepTable(
    List<String> names, boolean classifies, boolean regresses, boolean validates) {
  /** The file's name in the directory of a sweep. */
  public static final String FILE_NAME = "sweep.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  public SweepTable {
    names = List.copyOf(names);
  }

  /**
   * The columns of a sweep.
   *
   * @param runs all of them, at least one
   */
  public static SweepTable of(List<PlannedRun> runs) {
    return new SweepTable(
        runs.getFirst().point().names(),
        runs.stream().anyMatch(run -> !run.isRegression()),
        runs.stream().anyMatch(PlannedRun::isRegression),
        runs.stream().anyMatch(run -> run.recipe().stopping().validates()));
  }

  /** The kinds of scores: accuracy, R2 or, if tasks are compared, both. */
  private List<String> scores() {
    List<String> scores = new ArrayList<>();
    if (classifies) {
      scores.add("accuracy");
    }
    if (regresses) {
      scores.add("r2");
    }
    return scores;
  }

  /** The names of the columns. */
  public List<String> header() {
    List<String> cells = new ArrayList<>(List.of("number"));
    cells.addAll(names);
    cells.addAll(List.of("epochs_run", "train_loss"));
    scores().forEach(score -> cells.add("train_" + score));
    if (validates) {
      scores().forEach(score -> cells.add("validation_" + score));
    }
    scores().forEach(score -> cells.add("test_" + score));
    if (regresses) {
      cells.add("test_rmse");
    }
    cells.addAll(List.of("seconds", "sha256", "problem", "command"));
    return cells;
  }

  /**
   * The cells of a row, one for each column. Losses and scores are written so that reading them
   * gives the same doubles.
   */
  public List<String> cells(SweepRow row) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(row.number())));
    cells.addAll(row.values());
    cells.addAll(List.of(Integer.toString(row.epochs()), text(row.trainLoss())));
    addScore(cells, row, row.trainScore());
    if (validates) {
      addScore(cells, row, row.validationScore());
    }
    addScore(cells, row, row.testScore());
    if (regresses) {
      cells.add(text(row.testRmse()));
    }
    cells.addAll(
        List.of(Decimals.fixed(row.seconds(), 3), row.sha256(), row.problem(), row.command()));
    return cells;
  }

  private void addScore(List<String> cells, SweepRow row, Double score) {
    if (classifies) {
      cells.add(row.regression() ? "" : text(score));
    }
    if (regresses) {
      cells.add(row.regression() ? text(score) : "");
    }
  }

  private static String text(Double value) {
    return value == null ? "" : value.toString();
  }

  /**
   * The whole table.
   *
   * @param rows in any order
   */
  public String csv(Collection<SweepRow> rows) {
    StringBuilder text = new StringBuilder(FORMAT.format(header().toArray())).append('\n');
    rows.stream()
        .sorted(Comparator.comparingInt(SweepRow::number))
        .forEach(row -> text.append(FORMAT.format(cells(row).toArray())).append('\n'));
    return text.toString();
  }

  /**
   * Writes the table, completely or not at all.
   *
   * @param file in an existing directory
   * @param rows in any order
   * @throws RunException if it cannot be written
   */
  public void write(Path file, Collection<SweepRow> rows) throws RunException {
    String text = csv(rows);
    try {
      AtomicFile.write(file, target -> target.write(StandardCharsets.UTF_8.encode(text)));
    } catch (IOException e) {
      throw RunException.cannotWrite(file, e);
    }
  }

  /**
   * Reads a table that was written for the same sweep.
   *
   * @return the rows in the order of the file
   * @throws RunException if it cannot be read, or is not such a table
   */
  public List<SweepRow> read(Path file) throws RunException {
    CSVFormat format = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<SweepRow> rows = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(in, format)) {
      if (!parser.getHeaderNames().equals(header())) {
        throw new RunException(
            "%s: not the table of this sweep: expected the columns %s"
                .formatted(file, String.join(",", header())));
      }
      for (CSVRecord record : parser) {
        rows.add(row(record));
      }
      return rows;
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s: line %d does not hold the result of a run".formatted(file, rows.size() + 2), e);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw new RunException(ReadErrors.describe(file, e), e);
    }
  }

  private SweepRow row(CSVRecord record) {
    boolean regression = regresses && (!classifies || !record.get("test_r2").isEmpty());
    String score = regression ? "r2" : "accuracy";
    return new SweepRow(
        Integer.parseInt(record.get("number")),
        names.stream().map(record::get).toList(),
        regression && record.get("problem").isEmpty(),
        Integer.parseInt(record.get("epochs_run")),
        number(record.get("train_loss")),
        number(record.get("train_" + score)),
        validates ? number(record.get("validation_" + score)) : null,
        number(record.get("test_" + score)),
        regression ? number(record.get("test_rmse")) : null,
        Double.parseDouble(record.get("seconds")),
        record.get("sha256"),
        record.get("problem"),
        record.get("command"));
  }

  private static Double number(String text) {
    return text.isEmpty() ? null : Double.valueOf(text);
  }
}
