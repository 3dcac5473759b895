package lanewise.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lanewise.data.TableOptions;
import lanewise.nn.Engine;
import lanewise.nn.Task;
import lanewise.run.DataPlace;
import lanewise.run.Recipe;
import lanewise.run.RunRecord;
import lanewise.run.Session;
import lanewise.run.ShellCommand;
import lanewise.run.TableSettings;
import lanewise.table.Missing;
import lanewise.table.Scale;

/** The command line that repeats a run, for a POSIX shell. */
final class RunAgain {
  private final StringBuilder line = new StringBuilder(ShellCommand.TRAIN);

  private RunAgain() {}

  /** The command, without the options that have their default values. */
  static String command(RunRecord record) {
    RunAgain command = new RunAgain();
    command.addData(record.data());
    record.table().ifPresent(command::addTable);
    command.addRecipe(record.recipe());
    command.addSession(record.session());
    return command.line.toString();
  }

  private void addData(DataPlace data) {
    switch (data) {
      case DataPlace.Directory place -> add("--data", place.directory());
      case DataPlace.CsvFiles files -> {
        add("--train", files.train());
        files.test().ifPresent(test -> add("--test", test));
      }
      case DataPlace.Builtin builtin -> add("--data", "builtin");
      case DataPlace.Piped piped -> line.append(" --train FILE --test FILE");
      case DataPlace.Standard standard -> {
        // The default of the command line.
      }
    }
  }

  private void addTable(TableSettings table) {
    TableOptions options = table.options();
    add("--label", options.label());
    if (!options.ignored().isEmpty()) {
      add("--ignore", String.join(",", options.ignored()));
    }
    addUnlessDefault("--task", lower(options.task()), lower(Task.CLASSIFY));
    addUnlessDefault("--missing", lower(options.missing()), lower(Missing.FAIL));
    addUnlessDefault("--scale", lower(table.scale()), lower(Scale.STANDARD));
    if (options.delimiter() != TableOptions.FOUND) {
      add("--delimiter", options.delimiter());
    }
    add("--recipe", "reference"); // The options that follow differ from it.
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void addRecipe(Recipe recipe) {
    recipe.trainRows().ifPresent(rows -> add("--train-rows", rows));
    addUnlessDefault("--hidden", text(recipe.hidden()), text(Recipe.REFERENCE.hidden()));
    addUnlessDefault("--batch", recipe.batch(), Recipe.REFERENCE.batch());
    addUnlessDefault("--lr", recipe.learningRate(), Recipe.REFERENCE.learningRate());
    addUnlessDefault("--epochs", recipe.epochs(), Recipe.REFERENCE.epochs());
    addUnlessDefault("--seed", recipe.seed(), Recipe.REFERENCE.seed());
    addUnlessDefault("--test-every", recipe.testEvery(), Recipe.REFERENCE.testEvery());
    recipe.deviations().forEach((name, value) -> addDeviation("--" + name, value));
  }

  /** A flag has no value on the command line. */
  private void addDeviation(String option, String value) {
    if (value.equals("true")) {
      line.append(' ').append(option);
    } else {
      add(option, value);
    }
  }

  private void addSession(Session session) {
    addUnlessDefault("--engine", session.engine(), Engine.AUTO);
    session.threads().ifPresent(threads -> add("--threads", threads));
    session.checkpointEvery().ifPresent(epochs -> add("--checkpoint-every", epochs));
    session.save().ifPresent(file -> add("--save", file));
  }

  private static String text(List<Integer> hidden) {
    return hidden.isEmpty()
        ? "none"
        : hidden.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private void addUnlessDefault(String option, Object value, Object standard) {
    if (!value.equals(standard)) {
      add(option, value);
    }
  }

  private void add(String option, Object value) {
    line.append(' ').append(option).append(' ').append(ShellCommand.quote(value.toString()));
  }
}
