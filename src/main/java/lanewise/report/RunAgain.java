package lanewise.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lanewise.nn.Engine;
import lanewise.run.DataPlace;
import lanewise.run.Recipe;
import lanewise.run.RunRecord;
import lanewise.run.Session;

/** The command line that repeats a run, for a POSIX shell. */
final class RunAgain {
  private static final String PROGRAM =
      "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train";
  private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@-]+");

  private final StringBuilder line = new StringBuilder(PROGRAM);

  private RunAgain() {}

  /** The command, without the options that have their default values. */
  static String command(RunRecord record) {
    RunAgain command = new RunAgain();
    command.addData(record.data());
    command.addRecipe(record.recipe());
    command.addSession(record.session());
    return command.line.toString();
  }

  private void addData(DataPlace data) {
    switch (data) {
      case DataPlace.Directory place -> add("--data", place.directory());
      case DataPlace.CsvFiles files -> {
        add("--train", files.train());
        add("--test", files.test());
      }
      case DataPlace.Builtin builtin -> add("--data", "builtin");
      case DataPlace.Piped piped -> line.append(" --train FILE --test FILE");
      case DataPlace.Standard standard -> {
        // The default of the command line.
      }
    }
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
    line.append(' ').append(option).append(' ').append(quote(value.toString()));
  }

  /** One word for the shell: within single quotes, no character has a special meaning. */
  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
