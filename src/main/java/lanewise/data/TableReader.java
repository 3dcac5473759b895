package lanewise.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lanewise.io.Text;
import lanewise.nn.Task;
import lanewise.table.Table;

/** Reads a table for training: every column but those that are ignored. */
final class TableReader implements TableFile.Receiver {
  private final Path file;
  private final TableOptions options;
  private TableHeader header;
  private int label;

  /** By column; null where it is ignored. */
  private CellReader[] readers;

  private TableReader(Path file, TableOptions options) {
    this.file = file;
    this.options = options;
  }

  static Table read(Path file, TableOptions options) throws DataException {
    TableReader reader = new TableReader(file, options);
    int[] lines = TableFile.read(file, () -> InputFiles.open(file), options.delimiter(), reader);
    return reader.table(lines);
  }

  @Override
  public void begin(TableHeader header) throws DataException {
    this.header = header;
    label = header.find(options.label());
    Set<Integer> ignored = new HashSet<>();
    for (String name : options.ignored()) {
      int index = header.find(name);
      if (index == label) {
        throw new DataException(
            "%s: column %s is the label, which cannot be ignored"
                .formatted(file, Text.quote(header.names().get(label))));
      }
      ignored.add(index);
    }
    List<String> names = header.names();
    if (names.size() - ignored.size() < 2) {
      throw new DataException(
          "%s: %s%s, expected the label and at least one more"
              .formatted(
                  file,
                  Text.count(names.size(), "column"),
                  ignored.isEmpty() ? "" : ", %d of them ignored".formatted(ignored.size())));
    }
    readers = new CellReader[names.size()];
    for (int i = 0; i < readers.length; i++) {
      if (i == label) {
        readers[i] = labelReader();
      } else if (!ignored.contains(i)) {
        readers[i] = new AnyReader(TableCell.ofTraining(file, names.get(i), options.missing()));
      }
    }
  }

  private CellReader labelReader() {
    TableCell cell = TableCell.ofLabel(file, header.names().get(label));
    return options.task() == Task.CLASSIFY
        ? new ClassReader(cell)
        : new NumberReader(cell, "expected a number to predict", value -> value);
  }

  @Override
  public void add(int line, String[] cells) throws DataException {
    for (int i = 0; i < readers.length; i++) {
      if (readers[i] != null) {
        readers[i].add(line, cells[i].strip());
      }
    }
  }

  private Table table(int[] lines) throws DataException {
    Table.Cells labels = readers[label].cells();
    List<Table.Cells> columns = new ArrayList<>();
    for (int i = 0; i < readers.length; i++) {
      if (i != label && readers[i] != null) {
        columns.add(readers[i].cells());
      }
      readers[i] = null; // Its array may be larger than that of the column.
    }
    return Table.of(
        columns, labels, new Table.Origin(file.toString(), header.names(), header.named()), lines);
  }
}
