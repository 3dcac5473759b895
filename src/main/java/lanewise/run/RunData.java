package lanewise.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.io.FloatText;
import lanewise.io.Sha256;
import lanewise.io.Text;
import lanewise.nn.Samples;
import lanewise.nn.Shuffle;
import lanewise.table.Encoding;
import lanewise.table.Table;
import lanewise.table.Target;

/**
 * The rows of a run, as its network receives them. Runs with the same {@link Key} may share one:
 * nothing changes it.
 *
 * @param dataset the training rows, those to validate with included, and the test rows
 * @param place names the data from any working directory
 * @param encoding how they are made of a table; empty for rows of grey bytes
 * @param testsValidation whether the test rows are those to validate with, as there are no others
 */
public record RunData(
    Dataset dataset, DataPlace place, Optional<Encoding> encoding, boolean testsValidation) {

  /** More than the digits or letters of a data set of characters. */
  private static final int MANY_CLASSES = 100;

  /**
   * All that the rows of a run depend on. A table is encoded by the rows that are learnt from, so
   * what chooses these counts too.
   *
   * @param place of the data
   * @param table how it is read; empty for rows of grey bytes
   * @param trainRows of a table: see {@link Recipe}
   * @param validation of a table: see {@link Stopping}
   * @param seed that chooses the rows of a table to validate with; empty if it chooses none
   */
  public record Key(
      DataPlace place,
      Optional<TableSettings> table,
      OptionalInt trainRows,
      double validation,
      Optional<Long> seed) {
    /** The key of a run. */
    public static Key of(DataPlace place, Optional<TableSettings> table, Recipe recipe) {
      if (table.isEmpty()) {
        return new Key(place, table, OptionalInt.empty(), 0, Optional.empty());
      }
      boolean drawn = recipe.stopping().validates() && recipe.method().shuffle() != Shuffle.NONE;
      return new Key(
          place,
          table,
          recipe.trainRows(),
          recipe.stopping().validation(),
          drawn ? Optional.of(recipe.seed()) : Optional.empty());
    }
  }

  /**
   * Reads the rows.
   *
   * @param table how; empty for rows of grey bytes
   * @param recipe decides which rows of a table the encoding is fitted to
   * @param threads used to draw the built-in digits
   * @param listener hears of downloads, warnings and notices
   * @return the rows
   * @throws DataException if they are missing or invalid
   * @throws RunException if the recipe leaves none to learn from or to validate with
   */
  public static RunData read(
      DataPlace place,
      Optional<TableSettings> table,
      Recipe recipe,
      int threads,
      RunListener listener)
      throws IOException {
    if (table.isEmpty()) {
      DataPlace.Found found = place.read(threads, listener);
      return new RunData(found.dataset(), found.place(), Optional.empty(), false);
    }
    return switch (place) {
      case DataPlace.CsvFiles files -> readTable(files, table.get(), recipe, listener);
      case DataPlace.Piped piped -> throw piped.unnamed();
      default -> throw new IllegalArgumentException("a table is read from files, not " + place);
    };
  }

  private static RunData readTable(
      DataPlace.CsvFiles files, TableSettings settings, Recipe recipe, RunListener listener)
      throws IOException {
    Path file = files.train();
    Table all = DataSource.table(file, settings.options());
    int rows = Settings.usedRows(recipe, all.rows(), all.source());
    int validation = Settings.validationRows(recipe.stopping(), rows, all.source());
    BitSet chosen = Split.validation(rows, validation, recipe);
    Encoding encoding;
    try {
      encoding =
          Encoding.fit(
              all, Split.others(chosen, rows), settings.scale(), settings.options().missing());
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
    suggestRegression(file, encoding.target(), listener);
    encoding.dropped().forEach(name -> listener.onNotice(constant(file, name)));
    Samples train = encoding.samples(all);
    if (files.test().isEmpty()) {
      Dataset dataset =
          new Dataset(train, train.select(chosen.stream().toArray()), all.source(), all.sha256());
      return new RunData(dataset, files.located(), Optional.of(encoding), true);
    }
    Path testFile = files.test().get();
    Table test = DataSource.table(testFile, encoding, true, settings.options().delimiter());
    Sha256 hash = new Sha256();
    hash.add((all.sha256() + test.sha256()).getBytes(StandardCharsets.US_ASCII));
    String source = "%s and %s".formatted(file, testFile);
    Dataset dataset = new Dataset(train, encoding.samples(test), source, hash.hex());
    return new RunData(dataset, files.located(), Optional.of(encoding), false);
  }

  /** Prices taken for classes would be learnt badly, and without a word. */
  private static void suggestRegression(Path file, Target target, RunListener listener) {
    if (target instanceof Target.Classes classes
        && classes.values().size() >= MANY_CLASSES
        && classes.values().stream().noneMatch(value -> Float.isNaN(FloatText.parse(value)))) {
      listener.onNotice(
          "%s: column %s has %d classes, all of them numbers; --task regress predicts numbers"
              .formatted(file, Text.quote(classes.name()), classes.values().size()));
    }
  }

  private static String constant(Path file, String column) {
    return "%s: column %s is left out: it has the same value in all training rows"
        .formatted(file, Text.quote(column));
  }
}
