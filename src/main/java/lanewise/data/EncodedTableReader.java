package lanewise.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanewise.io.Text;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Table;
import lanewise.table.Target;

/** Reads a table for a network: the columns that it needs, and no other. */
final class EncodedTableReader implements TableFile.Receiver {
  private final Path file;
  private final Encoding encoding;
  private final boolean labelled;
  private final List<CellReader> readers = new ArrayList<>();

  /** Of the columns in the training file. */
  private final Map<String, Integer> positions = new HashMap<>();

  private TableHeader header;

  /** For each reader its column in the file. */
  private int[] indices;

  private EncodedTableReader(Path file, Encoding encoding, boolean labelled) {
    this.file = file;
    this.encoding = encoding;
    this.labelled = labelled;
    encoding.header().forEach(name -> positions.put(name, positions.size()));
  }

  /**
   * Reads the rows.
   *
   * @param file for messages
   */
  static Table read(
      Path file, CsvFile.Opening opening, Encoding encoding, boolean labelled, char delimiter)
      throws DataException {
    EncodedTableReader reader = new EncodedTableReader(file, encoding, labelled);
    int[] lines = TableFile.read(file, opening, delimiter, reader);
    return reader.table(lines);
  }

  /**
   * Reads rows that another reader has split into cells.
   *
   * @param source for messages
   * @param names of the columns; only their number counts without names in the training file
   * @param firstLine the line of the first row, for messages
   */
  static Table read(
      Path source, List<String> names, List<String[]> rows, int firstLine, Encoding encoding)
      throws DataException {
    EncodedTableReader reader = new EncodedTableReader(source, encoding, false);
    reader.begin(
        new TableHeader(source, firstLine, names.toArray(String[]::new), encoding.named()));
    int[] lines = new int[rows.size()];
    for (int row = 0; row < lines.length; row++) {
      lines[row] = firstLine + row;
      reader.add(lines[row], rows.get(row));
    }
    return reader.table(lines);
  }

  /** Without names in the training file, a first row of text may be one of categories. */
  @Override
  public boolean mayBeHeader(String[] cells) {
    return encoding.named()
        || encoding.columns().stream().anyMatch(column -> column instanceof Column.Numbers);
  }

  @Override
  public void begin(TableHeader header) throws DataException {
    this.header = header;
    checkHeader();
    for (Column column : encoding.columns()) {
      readers.add(reader(column));
    }
    if (labelled) {
      readers.add(reader(encoding.target()));
    }
    indices = new int[readers.size()];
    for (int i = 0; i < indices.length; i++) {
      boolean isLabel = i == encoding.columns().size();
      indices[i] =
          index(isLabel ? encoding.target().name() : encoding.columns().get(i).name(), isLabel);
    }
  }

  private void checkHeader() throws DataException {
    if (encoding.named() != header.named()) {
      throw new DataException(
          encoding.named()
              ? "%s, line %d: no header, expected the names of the training file: %s"
                  .formatted(file, header.line(), TableHeader.list(encoding.header()))
              : "%s, line %d: a header, expected none as in the training file"
                  .formatted(file, header.line()));
    }
    int all = encoding.header().size();
    int found = header.names().size();
    if (!encoding.named() && found != all && (labelled || found != all - 1)) {
      throw new DataException(
          "%s, line %d: %s, expected %d as in the training file%s"
              .formatted(
                  file,
                  header.line(),
                  Text.count(found, "cell"),
                  all,
                  labelled ? "" : ", or %d without the label".formatted(all - 1)));
    }
  }

  /** By name or, without names, by position. */
  private int index(String name, boolean isLabel) throws DataException {
    if (!encoding.named()) {
      int index = positions.get(name);
      boolean shifted = header.names().size() < positions.size();
      return shifted && index > positions.get(encoding.target().name()) ? index - 1 : index;
    }
    int index = header.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "%s: no column %s, which %s; the header has %s"
              .formatted(
                  file,
                  Text.quote(name),
                  isLabel ? "has the label" : "the network needs",
                  TableHeader.list(header.names())));
    }
    return index;
  }

  private CellReader reader(Column column) {
    TableCell cell = TableCell.ofNetwork(file, column.name(), encoding.missing());
    return switch (column) {
      case Column.Numbers numbers ->
          new NumberReader(cell, "expected a number as in the training rows", numbers::scale);
      case Column.Texts texts -> new KnownReader(cell, texts.values());
    };
  }

  private CellReader reader(Target target) {
    TableCell cell = TableCell.ofLabel(file, target.name());
    return switch (target) {
      case Target.Classes classes -> new KnownReader(cell, classes.values());
      case Target.Value value ->
          new NumberReader(cell, "expected a number to predict", value::scale);
    };
  }

  @Override
  public void add(int line, String[] cells) throws DataException {
    for (int i = 0; i < indices.length; i++) {
      readers.get(i).add(line, cells[indices[i]].strip());
    }
  }

  private Table table(int[] lines) throws DataException {
    List<Table.Cells> columns = new ArrayList<>();
    for (CellReader reader : readers) {
      columns.add(reader.cells());
    }
    Table.Cells label = labelled ? columns.removeLast() : null;
    List<String> names = encoding.named() ? header.names() : encoding.header();
    return Table.of(
        columns, label, new Table.Origin(file.toString(), names, encoding.named()), lines);
  }
}
