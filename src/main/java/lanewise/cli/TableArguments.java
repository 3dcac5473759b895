package lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanewise.data.TableOptions;
import lanewise.nn.Task;
import lanewise.run.TableSettings;
import lanewise.table.Missing;
import lanewise.table.Scale;
import picocli.CommandLine.Option;

/** The options for tables of {@code train}; null where not given. */
final class TableArguments {
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "The column to predict, by its name in the header or its number from 1; makes --train"
              + " and --test tables of numbers and text (default: none)")
  private String label;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = Choices.TaskName.class,
      completionCandidates = Choices.TaskName.class,
      description = "classify, or regress to predict a number (default: classify)")
  private Task task;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to leave out, by name or number (default: none)")
  private List<String> ignored;

  @Option(
      names = "--missing",
      paramLabel = "MISSING",
      converter = Choices.MissingName.class,
      completionCandidates = Choices.MissingName.class,
      description =
          "Cells that are empty, NA, NaN, null, none or ?: fail refuses the table, mean takes the"
              + " column's (default: fail)")
  private Missing missing;

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      converter = Choices.ScaleName.class,
      completionCandidates = Choices.ScaleName.class,
      description =
          "Columns of numbers: standard, to mean 0 and deviation 1 over the training rows; minmax,"
              + " to 0 to 1; or none (default: standard)")
  private Scale scale;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = Converters.Delimiter.class,
      description =
          "The character between cells, or 'tab' (default: comma, semicolon, tab or bar, as found)")
  private Character delimiter;

  /** Whether the data are tables. */
  boolean isGiven() {
    return label != null;
  }

  /** The options that need {@code --label} and are given without it. */
  List<String> useless() {
    List<String> names = new ArrayList<>();
    if (!isGiven()) {
      addIfGiven(names, "--task", task);
      addIfGiven(names, "--ignore", ignored);
      addIfGiven(names, "--missing", missing);
      addIfGiven(names, "--scale", scale);
      addIfGiven(names, "--delimiter", delimiter);
    }
    return names;
  }

  private static void addIfGiven(List<String> names, String name, Object value) {
    if (value != null) {
      names.add(name);
    }
  }

  /** The settings; empty for rows of grey bytes. */
  Optional<TableSettings> settings() {
    if (!isGiven()) {
      return Optional.empty();
    }
    TableOptions options =
        new TableOptions(
            label,
            ignored == null ? List.of() : ignored,
            task == null ? Task.CLASSIFY : task,
            missing == null ? Missing.FAIL : missing,
            delimiter == null ? TableOptions.FOUND : delimiter);
    return Optional.of(new TableSettings(options, scale == null ? Scale.STANDARD : scale));
  }
}
